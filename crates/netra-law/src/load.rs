//! Reading packs from text. Which file holds what is told by its path.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::DeserializeOwned;

use crate::calendar::Calendar;
use crate::pack::{
    AuthorityFile, CalendarFile, ClockFile, ElectionFile, PackHead, PersonalDataFile, ProcedureFile, Reference,
    SubjectFile, ViolationFile,
};
use crate::{Law, Pack, check};

macro_rules! embedded {
    ($($path:literal),+ $(,)?) => {
        /// The shipped packs: path below `law/` and text.
        pub const EMBEDDED: &[(&str, &str)] = &[$(($path, include_str!(concat!("../../../law/", $path)))),+];
    };
}

embedded! {
    "authorities.toml",
    "calendar/2023.toml",
    "calendar/2024.toml",
    "calendar/2025.toml",
    "calendar/2026.toml",
    "calendar/2027.toml",
    "discipline-2021/clocks.toml",
    "discipline-2021/pack.toml",
    "discipline-2021/procedure.toml",
    "duties.toml",
    "elections.toml",
    "organs.toml",
    "pemilu-2022/clocks.toml",
    "pemilu-2022/pack.toml",
    "pemilu-2022/procedure.toml",
    "personal-data.toml",
    "pilkada-2020/clocks.toml",
    "pilkada-2020/pack.toml",
    "pilkada-2020/procedure.toml",
    "pilkada-2024/clocks.toml",
    "pilkada-2024/pack.toml",
    "pilkada-2024/procedure.toml",
    "places.toml",
    "sanctions.toml",
    "subjects.toml",
    "violations.toml",
}

/// Everything that is wrong with some packs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LawErrors(pub Vec<String>);

impl fmt::Display for LawErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl std::error::Error for LawErrors {}

#[derive(Default)]
struct Parts {
    calendars: Vec<CalendarFile>,
    elections: ElectionFile,
    authorities: AuthorityFile,
    personal_data: PersonalDataFile,
    reference: Reference,
    subjects: SubjectFile,
    violations: ViolationFile,
    packs: BTreeMap<String, (Option<PackHead>, ClockFile, ProcedureFile)>,
}

impl Law {
    /// Reads and checks packs given as path (below the law folder) and text.
    ///
    /// # Errors
    /// Every fault found, each naming its file or entry.
    pub fn from_files<'a>(files: impl IntoIterator<Item = &'a (&'a str, &'a str)>) -> Result<Law, LawErrors> {
        let mut parts = Parts::default();
        let mut faults = Vec::new();
        let mut fingerprint = FNV_START;
        for (path, text) in files {
            fingerprint = fnv(fnv(fingerprint, path), text);
            if let Err(fault) = parts.take(path, text) {
                faults.push(format!("{path}: {fault}"));
            }
        }
        if !faults.is_empty() {
            return Err(LawErrors(faults));
        }
        let law = Law { fingerprint, ..parts.assemble()? };
        let faults = check::faults(&law);
        if faults.is_empty() { Ok(law) } else { Err(LawErrors(faults)) }
    }
}

impl Parts {
    fn take(&mut self, path: &str, text: &str) -> Result<(), String> {
        match path.split_once('/') {
            None => match path {
                "elections.toml" => self.elections = read(text)?,
                "authorities.toml" => self.authorities = read(text)?,
                "duties.toml" => self.reference.duties = read(text)?,
                "organs.toml" => self.reference.organs = read(text)?,
                "places.toml" => self.reference.places = read(text)?,
                "sanctions.toml" => self.reference.sanctions = read(text)?,
                "personal-data.toml" => self.personal_data = read(text)?,
                "subjects.toml" => self.subjects = read(text)?,
                "violations.toml" => self.violations = read(text)?,
                _ => return Err("no rule says what this file is".to_owned()),
            },
            Some(("calendar", _)) => self.calendars.push(read(text)?),
            Some((pack, file)) => {
                let entry = self.packs.entry(pack.to_owned()).or_default();
                match file {
                    "pack.toml" => entry.0 = Some(read(text)?),
                    "clocks.toml" => entry.1 = read(text)?,
                    "procedure.toml" => entry.2 = read(text)?,
                    _ => return Err("no rule says what this file is".to_owned()),
                }
            }
        }
        Ok(())
    }

    fn assemble(self) -> Result<Law, LawErrors> {
        let calendar = Calendar::new(self.calendars).map_err(|fault| LawErrors(vec![format!("calendar: {fault}")]))?;
        let mut packs = Vec::new();
        for (folder, (head, clocks, procedure)) in self.packs {
            let Some(head) = head else {
                return Err(LawErrors(vec![format!("{folder}: pack.toml is missing")]));
            };
            if head.id != folder {
                return Err(LawErrors(vec![format!(
                    "{folder}/pack.toml: the id is '{}', not the folder's name",
                    head.id
                )]));
            }
            packs.push(Pack { head, clocks: clocks.clock, procedure });
        }
        Ok(Law {
            fingerprint: FNV_START,
            packs,
            calendar,
            elections: self.elections.election,
            authorities: self.authorities.authority,
            receivers: self.authorities.receiver,
            reference: self.reference,
            erasure_grounds: self.personal_data.erasure_ground,
            subjects: self.subjects.subject,
            violations: self.violations.violation,
        })
    }
}

const FNV_START: u64 = 0xcbf2_9ce4_8422_2325;

/// FNV-1a of 64 bits, going on from an earlier value.
fn fnv(start: u64, text: &str) -> u64 {
    text.bytes().fold(start, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    toml::from_str(text).map_err(|e| e.to_string())
}
