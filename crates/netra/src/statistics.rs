//! `netra statistics`: the public figures of a store, printed, made anew, or as a yearly report.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, bail};
use clap::Args;
use netra_forms::yearly::{self, Yearly, percent, said};
use netra_law::Law;
use netra_law::time::{Moment, Zone, long_moment};
use netra_statistics::{Area, Catalogue, ElectionRef, Figure, ReferenceSeries, Slice, figures};
use netra_store::{Published, Store};
use netra_web::Clock as _;
use serde_json::json;

use crate::form;
use crate::output::{self, Outcome};
use crate::serve::{self, PlaceArguments, SystemClock};

#[derive(Args)]
pub struct StatisticsArguments {
    #[command(flatten)]
    place: PlaceArguments,
    /// The area: a province like 64 or a regency like 64.71; without it the whole country.
    #[arg(long, value_name = "CODE", default_value = "")]
    area: Area,
    /// Only matters of this election, e.g. pemilu-2024; ? for those outside all recorded ones.
    #[arg(long, value_name = "ID", conflicts_with = "year")]
    election: Option<String>,
    /// Only matters received in this year.
    #[arg(long, value_name = "YEAR")]
    year: Option<i16>,
    /// Write the report of the year to this PDF file.
    #[arg(long, value_name = "FILE", requires = "year")]
    out: Option<PathBuf>,
    /// Count everything again from the acts, and publish, before anything else.
    #[arg(long)]
    rebuild: bool,
    /// Print JSON.
    #[arg(long, conflicts_with = "out")]
    json: bool,
}

pub fn run(arguments: &StatisticsArguments) -> anyhow::Result<Outcome> {
    let place = arguments.place.existing()?;
    let law = Arc::new(Law::embedded().context("reading the shipped law packs")?);
    let catalogue = Catalogue::shipped().context("reading the shipped definitions")?;
    let slice = slice(arguments, &law)?;
    let published = serve::runtime()?.block_on(async {
        let store = Store::open_as_it_is(&place, law.clone()).await.context("opening the store for its statistics")?;
        if arguments.rebuild {
            rebuild(&store).await?;
        }
        store.statistics(&arguments.area).await.context("reading the statistics")
    })?;
    let Some(at) = published.at else {
        bail!("nothing is published in this store yet: run the server, or use --rebuild");
    };
    match (&arguments.out, arguments.year) {
        (Some(out), Some(year)) => {
            let bytes = report(arguments, catalogue, &law, &published, year, at)?;
            std::fs::write(out, &bytes).with_context(|| format!("writing {}", out.display()))?;
            output::line(format!("{}: laporan statistik tahun {year}, {} bita", out.display(), bytes.len()));
        }
        _ => {
            let list = figures(catalogue, &law, &published.cells, &slice);
            if arguments.json { as_json(&list, at, arguments, &slice)? } else { as_text(&list, at, &slice, &law) }
        }
    }
    Ok(Outcome::Holds)
}

fn slice(arguments: &StatisticsArguments, law: &Law) -> anyhow::Result<Slice> {
    match (&arguments.election, arguments.year) {
        (None, None) => Ok(Slice::All),
        (_, Some(year)) => Ok(Slice::Year(year)),
        (Some(id), None) => {
            let election = ElectionRef::from(id.clone());
            let known: Vec<&str> = law.elections().iter().map(|election| election.id.as_str()).collect();
            if election != ElectionRef::Unknown && !known.contains(&id.as_str()) {
                bail!("--election {id}: there is no such election; the recorded ones are {}", known.join(", "));
            }
            Ok(Slice::Election(election))
        }
    }
}

async fn rebuild(store: &Store) -> anyhow::Result<()> {
    let now = Moment::new(SystemClock.now(), Zone::Wib);
    store.recount_statistics(now).await.context("counting the matters again")?;
    store.publish_statistics(now).await.context("publishing the statistics")?;
    Ok(())
}

fn report(
    arguments: &StatisticsArguments,
    catalogue: &Catalogue,
    law: &Law,
    published: &Published,
    year: i16,
    at: Moment,
) -> anyhow::Result<Vec<u8>> {
    let press = form::press()?;
    let tile = catalogue.tiles().iter().find(|tile| tile.code == arguments.area);
    let area = tile.map_or_else(|| arguments.area.plain_name(), |tile| tile.name.clone());
    let reference: Vec<ReferenceSeries> = catalogue.reference_for(&arguments.area).cloned().collect();
    let yearly =
        Yearly { year, area: &area, cells: &published.cells, published: at, catalogue, reference: &reference, law };
    yearly::print(&press, &yearly).with_context(|| format!("printing the report of {year}"))
}

fn as_json(list: &[Figure<'_>], at: Moment, arguments: &StatisticsArguments, slice: &Slice) -> anyhow::Result<()> {
    let figure = |figure: &Figure<'_>| {
        let part = |part: &netra_statistics::FigurePart| json!({ "value": part.value.id, "label": part.value.label, "count": part.shown.count() });
        json!({
            "id": figure.dimension.id, "unit": figure.unit.id, "question": figure.dimension.question,
            "definition": figure.dimension.definition, "total": figure.total.count(),
            "parts": figure.parts.iter().map(part).collect::<Vec<_>>(),
        })
    };
    output::json(&json!({
        "area": arguments.area, "slice": slice.to_string(), "published": at,
        "figures": list.iter().map(figure).collect::<Vec<_>>(),
    }))
}

fn as_text(list: &[Figure<'_>], at: Moment, slice: &Slice, law: &Law) {
    output::line(format!("{}, keadaan {}\n", slice.name(law), long_moment(at)));
    for figure in list {
        output::line(format!("{} (satuan: {})", figure.dimension.question, figure.unit.name));
        let share =
            |shown: netra_statistics::Shown| shown.thousandths_of(figure.total).map_or_else(|| "-".to_owned(), percent);
        let mut rows: Vec<Vec<String>> = figure
            .parts
            .iter()
            .map(|part| vec![part.value.label.clone(), said(part.shown), share(part.shown)])
            .collect();
        rows.push(vec!["Jumlah".to_owned(), said(figure.total), share(figure.total)]);
        output::table(&["bagian", "jumlah", "dari semua"], &rows);
        output::line("");
    }
}
