//! Events as people type them: read or refused, and every deadline that follows from what was read
//! is a date or an error.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use netra_law::Law;
use netra_law::calendar::Seat;
use netra_law::clock;
use netra_law::event::Event;
use netra_law::explain;
use netra_law::pack::Regime;
use netra_law::time::Zone;

static LAW: OnceLock<Law> = OnceLock::new();

fuzz_target!(|input: &str| {
    let law = LAW.get_or_init(|| Law::embedded().expect("the shipped packs load"));
    let events: Vec<Event> = input.lines().filter_map(|line| Event::parse_in(line, Zone::Wita).ok()).collect();
    let Some(on) = clock::governing_day(&events) else { return };
    let seat = Seat::new(Zone::Wita, "64.71");
    for regime in [Regime::Pemilu, Regime::Pilkada, Regime::Discipline] {
        let Ok(found) = clock::evaluate(law, regime, &seat, &events, on) else { continue };
        for deadline in &found.deadlines {
            let _ = explain::days(law, &seat, deadline);
            let _ = explain::sentence(deadline);
        }
    }
});
