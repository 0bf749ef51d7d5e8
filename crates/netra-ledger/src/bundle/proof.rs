//! The places of acts and their proofs, and the proofs in the form of
//! [C2SP tlog-proof](https://c2sp.org/tlog-proof): a place in the ledger, the hashes that lead to the root, and the
//! checkpoint that has it.

use std::fmt;
use std::str::FromStr;

use crate::path::{DossierPath, PathFault};
use crate::tree::{InclusionProof, ProofError};

/// The first line of a proof.
const HEAD: &str = "c2sp.org/tlog-proof@v1";
/// What stands before the place.
const INDEX: &str = "index ";

/// Where an act stands in the docket, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ActPlace(pub u32);

/// The place of an act's record.
///
/// # Errors
/// Never for the numbers that there are: the type of paths asks.
pub fn act_path(act: ActPlace) -> Result<DossierPath, PathFault> {
    format!("data/acts/{:04}.json", act.0).parse()
}

/// The place of an act's proof.
///
/// # Errors
/// Never for the numbers that there are: the type of paths asks.
pub fn proof_path(act: ActPlace) -> Result<DossierPath, PathFault> {
    format!("data/ledger/{:04}.tlog-proof", act.0).parse()
}

/// The place of the checkpoint.
pub fn checkpoint_path() -> DossierPath {
    DossierPath::own("data/ledger/checkpoint.txt")
}

/// The act whose record lies at a path; none unless it is the path of one.
pub(super) fn act_at(path: &DossierPath) -> Option<ActPlace> {
    let digits = path.as_str().strip_prefix("data/acts/")?.strip_suffix(".json")?;
    let act = ActPlace(digits.parse().ok()?);
    (act_path(act).ok()? == *path).then_some(act)
}

/// A proof with the checkpoint that it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogProof {
    /// The place in the ledger, from 0.
    pub index: u64,
    /// The hashes.
    pub proof: InclusionProof,
    /// The signed checkpoint.
    pub checkpoint: String,
}

impl fmt::Display for LogProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{HEAD}\n{INDEX}{}\n{}\n{}", self.index, self.proof, self.checkpoint)
    }
}

/// Why a text is no proof.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LogProofFault {
    /// Not of the form, or of a version that this program does not know.
    #[error("it does not begin with '{HEAD}' and a line '{INDEX}N'")]
    Form,
    /// A line that is no hash.
    #[error("its hashes cannot be read")]
    Hashes(#[from] ProofError),
}

impl FromStr for LogProof {
    type Err = LogProofFault;

    fn from_str(text: &str) -> Result<LogProof, LogProofFault> {
        let rest = text.strip_prefix(HEAD).and_then(|rest| rest.strip_prefix('\n')).ok_or(LogProofFault::Form)?;
        let (index, rest) = rest.split_once('\n').ok_or(LogProofFault::Form)?;
        let digits = index.strip_prefix(INDEX).ok_or(LogProofFault::Form)?;
        let index: u64 = digits.parse().map_err(|_| LogProofFault::Form)?;
        if index.to_string() != digits {
            return Err(LogProofFault::Form);
        }
        // The only leaf of a ledger has a proof without hashes: the empty line comes at once.
        let (hashes, checkpoint) = match rest.strip_prefix('\n') {
            Some(checkpoint) => ("", checkpoint),
            None => rest.split_once("\n\n").ok_or(LogProofFault::Form)?,
        };
        Ok(LogProof { index, proof: hashes.parse()?, checkpoint: checkpoint.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proof_is_read_as_it_was_written() {
        for hashes in [vec![], vec![[1; 32]], vec![[1; 32], [2; 32]]] {
            let proof =
                LogProof { index: 7, proof: InclusionProof(hashes), checkpoint: "a\n1\nb\n\n— c d\n".to_owned() };
            assert_eq!(proof.to_string().parse::<LogProof>().unwrap(), proof);
        }
        for other in ["", HEAD, "c2sp.org/tlog-proof@v1\nindex 07\n\nx", "c2sp.org/tlog-proof@v2\nindex 7\n\nx"] {
            assert_eq!(other.parse::<LogProof>(), Err(LogProofFault::Form), "{other:?}");
        }
    }

    #[test]
    fn an_act_has_one_place() {
        for n in [1, 42, 9999, 12345] {
            assert_eq!(act_at(&act_path(ActPlace(n)).unwrap()), Some(ActPlace(n)));
        }
        for other in ["data/acts/1.json", "data/acts/00001.json", "data/acts/+001.json", "acts/0001.json"] {
            assert_eq!(act_at(&other.parse().unwrap_or_else(|_| checkpoint_path())), None, "{other}");
        }
    }
}
