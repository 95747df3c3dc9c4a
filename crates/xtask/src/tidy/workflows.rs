//! What the build machines fetch is named by its content: a tag can be moved to other code, a commit cannot.

use super::Finding;

/// An action that is not pinned to a commit of forty digits, in a workflow's text.
pub fn look(file: &str, text: &str) -> Vec<Finding> {
    let pinned = |action: &str| action.split_once('@').is_some_and(|(_, at)| at.len() == 40 && at.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let uses = text.lines().zip(1..).filter_map(|(line, number)| {
        let action = line.trim().trim_start_matches("- ").strip_prefix("uses:")?.split('#').next()?.trim();
        (!pinned(action)).then(|| (number, action.to_owned()))
    });
    uses.map(|(line, action)| Finding {
        file: file.to_owned(),
        line,
        what: format!("{action} is not pinned; name the commit, with its tag as a comment"),
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::look;

    #[test]
    fn a_tag_is_no_pin() {
        let text =
            "steps:\n  - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2\n  - uses: actions/cache@v4\n    uses: a/b@main\n";
        let found: Vec<usize> = look("test.yml", text).into_iter().map(|found| found.line).collect();
        assert_eq!(found, [3, 4]);
    }
}
