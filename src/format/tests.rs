use super::*;

#[test]
fn smallest() {
    let d = read(br#"(title: "T", stages: [(name: "S", touchpoints: [(name: "A")])])"#).unwrap();
    println!("{}", write(&d.map));
    assert_eq!(d.notices, []);
    assert_eq!(read(write(&d.map).as_bytes()).unwrap().map, d.map);
}
