//! Prints `ui/src/host/bindings.ts`: every type that crosses the door, and the menu itself.

use std::collections::BTreeMap;

use ts_rs::{Config, TS, TypeVisitor};

struct Declared<'c>(&'c Config, BTreeMap<String, String>);

impl TypeVisitor for Declared<'_> {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if T::output_path().is_some() && !self.1.contains_key(&T::ident(self.0)) {
            self.1.insert(T::ident(self.0), format!("export {}", T::decl(self.0)));
            T::visit_dependencies(self);
            T::visit_generics(self);
        }
    }
}

fn main() {
    let config = Config::new().with_large_int("number");
    let mut declared = Declared(&config, BTreeMap::new());
    banyan_app::menu::visit_types(&mut declared);
    println!("// Made from the menu by `cargo xtask bindings`. Not edited by hand.\n");
    for text in declared.1.values() {
        println!("{text}\n");
    }
    println!("/** Every command: the least role that may ask, its question and its answer. */\nexport interface Menu {{");
    for item in banyan_app::menu::ITEMS {
        let least = item.least.map_or("anyone", |role| role.word());
        println!("  {}: {{ least: \"{least}\"; question: {}; answer: {} }};", item.name, (item.question)(&config), (item.answer)(&config));
    }
    println!("}}");
}
