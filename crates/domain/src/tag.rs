//! Tags 标签: words that a shop puts on members to find them again.

use serde::{Deserialize, Serialize};

use crate::{fact::Posts, ids::MemberId};

/// Members got a tag, or lost it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MembersTagged {
    /// The word.
    pub tag: String,
    /// True where it was put on, false where it was taken off.
    pub on: bool,
    /// Whose.
    pub members: Vec<MemberId>,
}
impl Posts for MembersTagged {}

/// Signs of a tag at most.
pub const MOST_SIGNS: usize = 30;

/// Why a tag is not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum TagRefusal {
    /// Nothing, too long, or a sign that would end it in a list of tags.
    #[error("a tag has 1 to {most} signs, without commas and line ends")]
    Shape {
        /// [`MOST_SIGNS`].
        most: usize,
    },
}

/// The tag as it is kept: without blanks around it.
///
/// # Errors
/// [`TagRefusal::Shape`].
pub fn tidy(tag: &str) -> Result<String, TagRefusal> {
    let tag = tag.trim();
    let listed = |sign: char| sign.is_control() || [',', '，', '、', ';', '；'].contains(&sign);
    if tag.is_empty() || tag.chars().count() > MOST_SIGNS || tag.chars().any(listed) {
        return Err(TagRefusal::Shape { most: MOST_SIGNS });
    }
    Ok(tag.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_one_word_of_a_list() {
        assert_eq!(tidy("  老客户 "), Ok("老客户".into()));
        assert_eq!(tidy(&"x".repeat(30)).map(|tag| tag.len()), Ok(30));
        for odd in ["", "  ", "a,b", "甲、乙", "a\nb", &"长".repeat(31)] {
            assert_eq!(tidy(odd), Err(TagRefusal::Shape { most: 30 }), "{odd:?}");
        }
    }
}
