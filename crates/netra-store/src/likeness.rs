//! Pictures that look alike: which pictures the matters hold, their codes, and those of an office's desk that are near
//! one.
//!
//! Which pictures there are is noted on the walk of the search's index along the ledger; their codes are computed after
//! that by [`Store::index_likeness`], one picture at a time, because decoding takes time and memory. Both are computed
//! from acts and exhibits and can be thrown away.
//!
//! What is found is a suggestion for a person. Nothing is merged, and nothing is found that does not lie on the
//! office's desk.

use netra_docket::act::Exhibit;
use netra_docket::ids::{ExhibitNo, MatterId};
use netra_docket::matter::Matter;
use netra_evidence::MediaType;
use netra_evidence::likeness::{Codes, Distance, Likeness, RiseHash, View, WaveHash, search};
use netra_evidence::picture::Picture;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};

use crate::blobs::apart;
use crate::convert::{bad_row, cell, failed, parsed_cell};
use crate::dockets::is_on_desk;
use crate::statement::{Script, Value};
use crate::store::Store;
use crate::types::{Scope, StoreError};

/// The largest file that is taken for a picture to be compared.
const LARGEST: u64 = 64 << 20;
/// Pictures that are computed in one call.
const TOGETHER: i64 = 16;
/// Pictures of a desk that are compared with one.
const COMPARED: i64 = 200_000;
/// Pictures that are told of.
const TOLD: usize = 12;
/// The views in the order in which their codes are kept.
const VIEWS: [View; 4] = [View::Whole, View::Trimmed, View::Centre, View::Mirror];
/// Bytes of a view: whether there are codes, then the two codes.
const WIDTH: usize = 17;

/// A picture that may show the same as another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Similar {
    /// Its matter.
    pub matter: MatterId,
    /// The matter's number, if it has one.
    pub number: Option<String>,
    /// What the matter is about, in one line without names.
    pub subject_line: String,
    /// The exhibit.
    pub exhibit: ExhibitNo,
    /// How near it is.
    pub distance: Distance,
}

impl Store {
    /// Computes the codes of some pictures that have none yet; tells of how many. A picture that can't be decoded or
    /// read gets empty ones, so that it is not tried again.
    ///
    /// # Errors
    /// The database, the folder or the bucket fails.
    pub async fn index_likeness(&self) -> Result<u64, StoreError> {
        let waiting: Vec<String> =
            sqlx::query_scalar("SELECT sha256 FROM likeness WHERE codes IS NULL ORDER BY sha256 LIMIT $1")
                .bind(TOGETHER)
                .fetch_all(self.reader())
                .await
                .map_err(failed("looking for pictures that were not compared"))?;
        let mut done: u64 = 0;
        for name in waiting {
            let codes = self.codes_of(&name).await?;
            let values = vec![name.into(), codes.into()];
            self.execute("keeping the codes of a picture", "UPDATE likeness SET codes = $2 WHERE sha256 = $1", values)
                .await?;
            done += 1;
        }
        Ok(done)
    }

    async fn codes_of(&self, name: &str) -> Result<Vec<u8>, StoreError> {
        let bytes = match self.get_blob(name).await {
            Ok(bytes) => bytes,
            // What is wrong with an exhibit is told by the checks.
            Err(StoreError::BlobChanged(_)) => return Ok(Vec::new()),
            Err(StoreError::Blob { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Vec::new());
            }
            Err(other) => return Err(other),
        };
        apart("comparing", move || {
            let picture = Picture::decode(&bytes);
            Ok(picture.map_or_else(|_| Vec::new(), |picture| packed(&Likeness::of(&picture))))
        })
        .await
    }

    /// Pictures in matters on the office's desk that may show the same as an exhibit, nearest first. None while the
    /// exhibit was not compared yet, or if it is no picture.
    ///
    /// # Errors
    /// The database fails, or a row can't be read.
    pub async fn similar(
        &self,
        scope: &Scope,
        matter: MatterId,
        exhibit: ExhibitNo,
    ) -> Result<Option<Vec<Similar>>, StoreError> {
        let mut tx = self.begin_read().await?;
        if !is_on_desk(&mut tx, scope.office(), matter).await? {
            return Ok(None);
        }
        let own = sqlx::query(
            "SELECT l.codes FROM pictures p JOIN likeness l ON l.sha256 = p.sha256
             WHERE p.matter = $1 AND p.exhibit = $2 AND l.codes IS NOT NULL",
        )
        .bind(matter.to_string())
        .bind(i64::from(exhibit.0))
        .fetch_optional(&mut *tx)
        .await
        .map_err(failed("reading the codes of a picture"))?;
        let Some(own) = own.as_ref().map(codes_in).transpose()? else { return Ok(None) };
        let Some(own) = own else { return Ok(Some(Vec::new())) };
        let (places, others) = on_desk(&mut tx, scope, (matter, exhibit)).await?;
        let mut found = Vec::new();
        for near in search(&own, &others).into_iter().take(TOLD) {
            let Some((matter, exhibit)) = places.get(near.place) else { continue };
            found.push(told(&mut tx, *matter, *exhibit, near.distance).await?);
        }
        Ok(Some(found))
    }
}

/// The other pictures of a desk: where they are, and their codes in the same order.
async fn on_desk(
    conn: &mut AnyConnection,
    scope: &Scope,
    but: (MatterId, ExhibitNo),
) -> Result<(Vec<(MatterId, ExhibitNo)>, Vec<Likeness>), StoreError> {
    let rows = sqlx::query(
        "SELECT p.matter, p.exhibit, l.codes FROM desk d
         JOIN pictures p ON p.matter = d.matter
         JOIN likeness l ON l.sha256 = p.sha256
         WHERE d.office = $1 AND l.codes IS NOT NULL ORDER BY p.matter, p.exhibit LIMIT $2",
    )
    .bind(scope.office().as_str())
    .bind(COMPARED)
    .fetch_all(&mut *conn)
    .await
    .map_err(failed("reading the codes of pictures"))?;
    let (mut places, mut others) = (Vec::new(), Vec::new());
    for row in &rows {
        let place = (parsed_cell(row, "pictures", "matter")?, exhibit_in(row)?);
        if place == but {
            continue;
        }
        if let Some(codes) = codes_in(row)? {
            places.push(place);
            others.push(codes);
        }
    }
    Ok((places, others))
}

async fn told(
    conn: &mut AnyConnection,
    matter: MatterId,
    exhibit: ExhibitNo,
    distance: Distance,
) -> Result<Similar, StoreError> {
    let row = sqlx::query("SELECT number, subject_line FROM matters WHERE matter = $1")
        .bind(matter.to_string())
        .fetch_one(&mut *conn)
        .await
        .map_err(failed("reading a matter"))?;
    let (number, subject_line) = (cell(&row, "number")?, cell(&row, "subject_line")?);
    Ok(Similar { matter, number, subject_line, exhibit, distance })
}

fn exhibit_in(row: &AnyRow) -> Result<ExhibitNo, StoreError> {
    let no: i64 = cell(row, "exhibit")?;
    u16::try_from(no).map(ExhibitNo).map_err(|_| bad_row("pictures", "the number of the exhibit is out of range"))
}

/// Notes which pictures a matter holds, if that has changed.
pub(crate) async fn keep_pictures(conn: &mut AnyConnection, matter: &Matter) -> Result<(), StoreError> {
    let pictures: Vec<(ExhibitNo, String)> =
        matter.exhibits.iter().filter(|e| is_compared(e)).map(|e| (e.no, e.sha256.clone())).collect();
    let id = matter.id.to_string();
    let rows = sqlx::query("SELECT exhibit, sha256 FROM pictures WHERE matter = $1 ORDER BY exhibit")
        .bind(id.as_str())
        .fetch_all(&mut *conn)
        .await
        .map_err(failed("reading the pictures of a matter"))?;
    let mut known = Vec::with_capacity(rows.len());
    for row in &rows {
        known.push((exhibit_in(row)?, cell::<String>(row, "sha256")?));
    }
    let mut wanted = pictures.clone();
    wanted.sort();
    if known == wanted {
        return Ok(());
    }
    sqlx::query("DELETE FROM pictures WHERE matter = $1")
        .bind(id.as_str())
        .execute(&mut *conn)
        .await
        .map_err(failed("clearing the pictures of a matter"))?;
    for (_, sha256) in &pictures {
        sqlx::query("INSERT INTO likeness (sha256, codes) VALUES ($1, NULL) ON CONFLICT (sha256) DO NOTHING")
            .bind(sha256.as_str())
            .execute(&mut *conn)
            .await
            .map_err(failed("noting a picture"))?;
    }
    let row = |(no, sha256): (ExhibitNo, String)| -> [Value; 3] {
        [id.as_str().into(), i64::from(no.0).into(), sha256.into()]
    };
    let mut script = Script::default();
    script.insert("INSERT INTO pictures (matter, exhibit, sha256) VALUES", pictures.into_iter().map(row).collect());
    script.run(conn).await.map_err(failed("noting the pictures of a matter"))
}

/// Whether an exhibit is a picture of a kind that is decoded, and not too large.
fn is_compared(exhibit: &Exhibit) -> bool {
    let kind = exhibit.media_type.parse().unwrap_or(MediaType::Unknown);
    matches!(kind, MediaType::Jpeg | MediaType::Png | MediaType::Webp) && exhibit.size <= LARGEST
}

/// Codes as bytes: for each view a mark whether there are any, then the two.
fn packed(likeness: &Likeness) -> Vec<u8> {
    let view = |view: View| {
        let codes = likeness.view(view);
        let (wave, rise) = codes.map_or((0, 0), |codes| (codes.wave.bits(), codes.rise.bits()));
        let mut bytes = vec![u8::from(codes.is_some())];
        bytes.extend(wave.to_be_bytes());
        bytes.extend(rise.to_be_bytes());
        bytes
    };
    VIEWS.into_iter().flat_map(view).collect()
}

/// The codes of a row; none for a picture that could not be decoded.
fn codes_in(row: &AnyRow) -> Result<Option<Likeness>, StoreError> {
    let bytes: &[u8] = row.try_get("codes").map_err(failed("reading the codes of a picture"))?;
    if bytes.is_empty() {
        return Ok(None);
    }
    unpacked(bytes).map(Some).ok_or_else(|| bad_row("likeness", "the codes are not of their form"))
}

fn unpacked(bytes: &[u8]) -> Option<Likeness> {
    if bytes.len() != WIDTH * VIEWS.len() {
        return None;
    }
    let view = |place: usize| -> Option<Option<Codes>> {
        let part = bytes.get(place * WIDTH..(place + 1) * WIDTH)?;
        let (mark, codes) = part.split_first()?;
        let (wave, rise) = (codes.first_chunk::<8>()?, codes.last_chunk::<8>()?);
        let codes = Codes {
            wave: WaveHash::from_bits(u64::from_be_bytes(*wave)),
            rise: RiseHash::from_bits(u64::from_be_bytes(*rise)),
        };
        Some((*mark == 1).then_some(codes))
    };
    Some(Likeness { whole: view(0)?, trimmed: view(1)?, centre: view(2)?, mirror: view(3)? })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn codes() -> impl Strategy<Value = Option<Codes>> {
        let some = |(wave, rise)| Codes { wave: WaveHash::from_bits(wave), rise: RiseHash::from_bits(rise) };
        proptest::option::of(any::<(u64, u64)>().prop_map(some))
    }

    proptest! {
        #[test]
        fn codes_read_back(whole in codes(), trimmed in codes(), centre in codes(), mirror in codes()) {
            let likeness = Likeness { whole, trimmed, centre, mirror };
            prop_assert_eq!(unpacked(&packed(&likeness)), Some(likeness));
        }

        #[test]
        fn any_bytes_are_judged_without_a_panic(bytes in any::<Vec<u8>>()) {
            let _ = unpacked(&bytes);
        }
    }
}
