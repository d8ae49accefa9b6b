//! Cards, texts, routes and cells of a layout: nothing overlaps and nothing leaves its place.

use super::{cards, contents, layouts};
use touchline::geom::{Point, Rect, pt};
use touchline::layout::{LaneContent, Layout};

#[test]
fn cards_never_overlap() {
    for (name, layout) in layouts() {
        let cards = cards(&layout);
        for (i, a) in cards.iter().enumerate() {
            for b in &cards[i + 1..] {
                assert!(!a.grow(2.0).intersects(&b.grow(2.0)), "{name}: {a:?} {b:?}");
            }
        }
    }
}

#[test]
fn text_stays_on_its_card() {
    for (name, layout) in layouts() {
        for (_, _, content) in contents(&layout) {
            let LaneContent::Cards { cards, .. } = content else {
                continue;
            };
            for card in cards {
                let badges = card.badges.iter().flat_map(|b| &b.runs);
                for run in card.runs.iter().chain(badges) {
                    let line = Rect::new(
                        run.at.x,
                        run.at.y - run.style.size * 0.7,
                        run.width,
                        run.style.size * 0.7,
                    );
                    let inside = card.rect.contains(line.min) && card.rect.contains(line.max);
                    assert!(
                        inside,
                        "{name}: “{}” {line:?} leaves {:?}",
                        run.text, card.rect
                    );
                }
            }
        }
    }
}

/// Whether an axis-parallel line passes through the inside of a rectangle.
fn crosses(a: Point, b: Point, rect: &Rect) -> bool {
    let line = Rect {
        min: pt(a.x.min(b.x), a.y.min(b.y)),
        max: pt(a.x.max(b.x), a.y.max(b.y)),
    };
    line.intersects(&rect.grow(-1.5))
}

/// Returns the labels of routes with their boxes in map coordinates.
pub(super) fn labels(layout: &Layout) -> Vec<(String, Rect)> {
    let mut labels = Vec::new();
    for (lane, x, content) in contents(layout) {
        let LaneContent::Cards { routes, .. } = content else {
            continue;
        };
        let runs = routes.iter().flat_map(|route| &route.label);
        labels.extend(runs.map(|run| {
            let size = run.style.size;
            let rect = Rect::new(run.at.x, run.at.y - size * 0.7, run.width, size * 0.7);
            (run.text.to_string(), rect.translate(pt(x, lane.y as f32)))
        }));
    }
    labels
}

#[test]
fn routes_never_cross_cards_or_labels() {
    for (name, layout) in layouts() {
        let (cards, labels) = (cards(&layout), labels(&layout));
        for (lane, x, content) in contents(&layout) {
            let LaneContent::Cards { routes, .. } = content else {
                continue;
            };
            let origin = pt(x, lane.y as f32);
            for route in routes {
                for line in route.points.windows(2) {
                    let (a, b) = (line[0] + origin, line[1] + origin);
                    let hit = cards.iter().position(|card| crosses(a, b, card));
                    let words = labels.iter().find(|(_, rect)| crosses(a, b, rect));
                    let way = format!("{name}: {} to {} at {a:?}", route.from, route.target);
                    assert_eq!(words, None, "{way} {b:?}");
                    assert_eq!(hit, None, "{way} {b:?}");
                }
            }
        }
    }
}

#[test]
fn cells_of_a_lane_never_overlap() {
    for (name, layout) in layouts() {
        for (lane, _, content) in contents(&layout) {
            let LaneContent::Cells(cells) = content else {
                continue;
            };
            for (i, a) in cells.iter().enumerate() {
                assert!(
                    a.area.max.y <= lane.height + 0.5,
                    "{name}: {:?} leaves its lane",
                    lane.kind
                );
                for b in &cells[i + 1..] {
                    assert!(
                        !a.area.grow(-3.5).intersects(&b.area.grow(-3.5)),
                        "{name}: {:?}",
                        lane.kind
                    );
                }
            }
        }
    }
}

#[test]
fn lane_contents_stay_in_their_cells() {
    for (name, layout) in layouts() {
        let sizes = layout.density.sizes();
        for (lane, x, content) in contents(&layout) {
            let inside = |text: &str, rect: Rect| {
                let fits = rect.min.y >= 0.0 && rect.max.y <= lane.height;
                assert!(fits, "{name}: “{text}” leaves {:?}: {rect:?}", lane.kind);
            };
            match content {
                LaneContent::Pills(pills) => {
                    for (i, a) in pills.iter().enumerate() {
                        inside("a pill", a.rect);
                        assert!(a.rect.height() < sizes.row);
                        for b in &pills[i + 1..] {
                            let apart = !a.rect.grow(-0.5).intersects(&b.rect.grow(-0.5));
                            assert!(apart, "{name}: {a:?} {b:?}");
                        }
                    }
                }
                LaneContent::Curve(curve) => {
                    for label in curve.faces.iter().filter_map(|dot| dot.label.as_ref()) {
                        inside(&label.runs[0].text, label.rect);
                    }
                }
                LaneContent::Cells(cells) => {
                    for run in cells.iter().flat_map(|c| &c.entries).flat_map(|e| &e.runs) {
                        // At most up to the next card.
                        let column = ((run.at.x - sizes.card_x(0)) / sizes.pitch()).floor();
                        let end = sizes.card_x(column as usize + 1);
                        assert!(
                            run.at.x + run.width < end,
                            "{name}: “{}” at {x} reaches the next column",
                            run.text
                        );
                    }
                }
                LaneContent::Cards { .. } | LaneContent::Folded { .. } => {}
            }
        }
    }
}
