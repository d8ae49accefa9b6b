//! The modules of the crate, and which file names items of which other file.
//!
//! Paths are resolved through re-exports to the file that defines the item. Code for tests is left
//! out. Items that macros define are taken to be in the file of their module.

use petgraph::algo::tarjan_scc;
use petgraph::graph::DiGraph;
use proc_macro2::{TokenStream, TokenTree};
use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};
use syn::visit::{self, Visit};
use syn::{Attribute, ImplItemFn, Item, ItemMod, ItemUse, Macro, UseTree, Visibility};

type ModulePath = Vec<String>;

/// Files under `src`, by index, with the imports between them.
pub struct ModuleGraph {
    files: Vec<String>,
    imports: BTreeSet<(usize, usize)>,
}

#[derive(Default)]
struct Module {
    file: usize,
    /// Names may mean a module and, in the namespace of values, something else.
    names: HashMap<String, Vec<Name>>,
    globs: Vec<ModulePath>,
}

#[derive(Clone)]
enum Name {
    Module,
    Item,
    Import(ModulePath),
}

/// Target of a resolved path.
enum Target {
    Module(ModulePath),
    Item(usize),
}

/// A path in the code of a module.
struct Mention {
    module: ModulePath,
    path: ModulePath,
}

#[derive(Default)]
struct Reader {
    files: Vec<String>,
    modules: HashMap<ModulePath, Module>,
    mentions: Vec<Mention>,
    module: ModulePath,
    /// Folder of the files of child modules.
    folder: PathBuf,
}

impl ModuleGraph {
    /// Reads the crate whose root is this file.
    pub fn read(root: &Path) -> ModuleGraph {
        let mut reader = Reader::default();
        reader.read_file(root, root.parent().unwrap());
        let source = root.parent().unwrap().display().to_string();
        let mut imports = BTreeSet::new();
        for mention in &reader.mentions {
            let from = reader.modules[&mention.module].file;
            if let Some(Target::Item(to)) = reader.resolve(&mention.module, &mention.path, 0)
                && from != to
            {
                imports.insert((from, to));
            }
        }
        let short = |file: &String| file.trim_start_matches(&source)[1..].to_owned();
        ModuleGraph {
            files: reader.files.iter().map(short).collect(),
            imports,
        }
    }

    /// The imports, as pairs of paths below `src`.
    pub fn imports(&self) -> impl Iterator<Item = (&str, &str)> {
        let name = |file: usize| self.files[file].as_str();
        self.imports.iter().map(move |(a, b)| (name(*a), name(*b)))
    }

    /// The circles of imports among the files in a folder (empty for all files), each sorted.
    pub fn circles(&self, folder: &str) -> Vec<Vec<&str>> {
        let mut graph = DiGraph::<&str, ()>::new();
        let nodes: Vec<_> = self.files.iter().map(|file| graph.add_node(file)).collect();
        for &(from, to) in &self.imports {
            if is_inside(graph[nodes[from]], folder) && is_inside(graph[nodes[to]], folder) {
                graph.add_edge(nodes[from], nodes[to], ());
            }
        }
        let circles = tarjan_scc(&graph);
        let names = |circle: Vec<_>| circle.into_iter().map(|node| graph[node]).collect();
        let mut circles: Vec<Vec<&str>> = circles.into_iter().map(names).collect();
        circles.retain(|files| files.len() > 1);
        circles.iter_mut().for_each(|files| files.sort_unstable());
        circles.sort();
        circles
    }

    /// The imports among these files, one a line.
    pub fn imports_among(&self, files: &[&str]) -> String {
        let among = self
            .imports()
            .filter(|(from, to)| files.contains(from) && files.contains(to));
        let lines: Vec<String> = among.map(|(a, b)| format!("  {a} → {b}")).collect();
        lines.join("\n")
    }
}

/// Whether a file is in a folder; every file is in the folder with the empty name.
pub fn is_inside(file: &str, folder: &str) -> bool {
    folder.is_empty()
        || file
            .strip_prefix(folder)
            .is_some_and(|rest| rest.starts_with('/'))
}

impl Reader {
    fn read_file(&mut self, file: &Path, folder: &Path) {
        let code = fs::read_to_string(file).unwrap();
        let parsed = syn::parse_file(&code).unwrap();
        let before = std::mem::replace(&mut self.folder, folder.to_owned());
        self.files.push(file.display().to_string());
        let index = self.files.len() - 1;
        self.read_items(&parsed.items, index);
        self.folder = before;
    }

    fn read_items(&mut self, items: &[Item], file: usize) {
        let module = Module {
            file,
            ..Module::default()
        };
        self.modules.insert(self.module.clone(), module);
        items.iter().for_each(|item| self.visit_item(item));
    }

    fn define(&mut self, name: String, what: Name) {
        let module = self.modules.get_mut(&self.module).unwrap();
        module.names.entry(name).or_default().push(what);
    }

    fn mention(&mut self, path: ModulePath) {
        let module = self.module.clone();
        self.mentions.push(Mention { module, path });
    }

    fn import(&mut self, tree: &UseTree, prefix: &ModulePath, exported: bool) {
        let extended = |name: String| {
            let mut path = prefix.clone();
            if name != "self" || prefix.is_empty() {
                path.push(name);
            }
            path
        };
        let (path, alias) = match tree {
            UseTree::Path(path) => {
                let prefix = extended(path.ident.to_string());
                return self.import(&path.tree, &prefix, exported);
            }
            UseTree::Group(group) => {
                let items = group.items.iter();
                return items.for_each(|tree| self.import(tree, prefix, exported));
            }
            UseTree::Glob(_) => {
                let module = self.modules.get_mut(&self.module).unwrap();
                return module.globs.push(prefix.clone());
            }
            UseTree::Name(name) => (extended(name.ident.to_string()), None),
            UseTree::Rename(name) => (
                extended(name.ident.to_string()),
                Some(name.rename.to_string()),
            ),
        };
        let alias = alias.or_else(|| path.last().cloned()).unwrap();
        // A name that is only passed on is not used by this file.
        if !exported {
            self.mention(path.clone());
        }
        self.define(alias, Name::Import(path));
    }

    fn scan_tokens(&mut self, tokens: TokenStream) {
        let mut path: ModulePath = Vec::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(name) => {
                    if colons != 2 {
                        self.end_path(&mut path);
                    }
                    path.push(name.to_string());
                    colons = 0;
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
                other => {
                    self.end_path(&mut path);
                    colons = 0;
                    if let TokenTree::Group(group) = other {
                        self.scan_tokens(group.stream());
                    }
                }
            }
        }
        self.end_path(&mut path);
    }

    fn end_path(&mut self, path: &mut ModulePath) {
        if !path.is_empty() {
            let path = std::mem::take(path);
            self.mention(path);
        }
    }

    fn resolve(&self, module: &ModulePath, path: &[String], depth: usize) -> Option<Target> {
        if depth > 12 {
            return None;
        }
        let mut at = module.clone();
        let mut rest = path;
        let mut anchored = false;
        while let Some((first, tail)) = rest.split_first() {
            match first.as_str() {
                "crate" => at.clear(),
                "self" => {}
                "super" => {
                    at.pop()?;
                }
                _ => break,
            }
            (rest, anchored) = (tail, true);
        }
        let Some((name, rest)) = rest.split_first() else {
            return anchored.then_some(Target::Module(at));
        };
        if rest.is_empty() {
            return self.lookup(&at, name, depth).into_iter().next();
        }
        let inside: Vec<String> = ["self".to_owned()]
            .into_iter()
            .chain(rest.to_vec())
            .collect();
        // Only modules and types have names inside.
        let found = self.lookup(&at, name, depth).into_iter().rev();
        let mut found = found.filter_map(|target| match target {
            Target::Module(module) => self.resolve(&module, &inside, depth + 1),
            item => Some(item),
        });
        found.next()
    }

    /// Everything that a name means in a module, items before modules.
    fn lookup(&self, module: &ModulePath, name: &str, depth: usize) -> Vec<Target> {
        let scope = &self.modules[module];
        let Some(names) = scope.names.get(name) else {
            let globs =
                scope
                    .globs
                    .iter()
                    .flat_map(|glob| match self.resolve(module, glob, depth + 1) {
                        Some(Target::Module(found)) => self.lookup(&found, name, depth + 1),
                        _ => Vec::new(),
                    });
            return globs.collect();
        };
        let targets = names.iter().filter_map(|meaning| match meaning {
            Name::Item => Some(Target::Item(scope.file)),
            Name::Module => {
                let mut child = module.clone();
                child.push(name.to_owned());
                Some(Target::Module(child))
            }
            Name::Import(path) => self.resolve(module, path, depth + 1),
        });
        let mut targets: Vec<Target> = targets.collect();
        targets.sort_by_key(|target| matches!(target, Target::Module(_)));
        targets
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item(&mut self, item: &'ast Item) {
        let (attributes, name) = match item {
            Item::Const(item) => (&item.attrs, Some(&item.ident)),
            Item::Enum(item) => (&item.attrs, Some(&item.ident)),
            Item::Fn(item) => (&item.attrs, Some(&item.sig.ident)),
            Item::Static(item) => (&item.attrs, Some(&item.ident)),
            Item::Struct(item) => (&item.attrs, Some(&item.ident)),
            Item::Trait(item) => (&item.attrs, Some(&item.ident)),
            Item::Type(item) => (&item.attrs, Some(&item.ident)),
            Item::Impl(item) => (&item.attrs, None),
            Item::Mod(item) => (&item.attrs, None),
            Item::Use(item) => (&item.attrs, None),
            Item::Macro(item) => (&item.attrs, None),
            _ => return visit::visit_item(self, item),
        };
        if is_for_tests(attributes) {
            return;
        }
        if let Some(name) = name {
            self.define(name.to_string(), Name::Item);
        }
        visit::visit_item(self, item);
    }

    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        let name = item.ident.to_string();
        self.define(name.clone(), Name::Module);
        let file = self.modules[&self.module].file;
        self.module.push(name.clone());
        match &item.content {
            Some((_, items)) => self.read_items(items, file),
            None => {
                let folder = self.folder.join(&name);
                let flat = self.folder.join(format!("{name}.rs"));
                let file = if flat.exists() {
                    flat
                } else {
                    folder.join("mod.rs")
                };
                self.read_file(&file, &folder);
            }
        }
        self.module.pop();
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        let exported = !matches!(item.vis, Visibility::Inherited);
        if item.leading_colon.is_none() {
            self.import(&item.tree, &Vec::new(), exported);
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast ImplItemFn) {
        if !is_for_tests(&item.attrs) {
            visit::visit_impl_item_fn(self, item);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.leading_colon.is_none() {
            let names = path.segments.iter().map(|part| part.ident.to_string());
            self.mention(names.collect());
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        self.scan_tokens(call.tokens.clone());
    }
}

/// Whether an item exists in tests only.
fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute.meta.require_list().is_ok_and(|list| {
                let words = list.tokens.to_string();
                words == "test" || words.starts_with("all (test") || words.starts_with("all(test")
            })
    })
}
