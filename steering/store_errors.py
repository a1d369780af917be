"""Why a vector store refuses. Every refusal has its own type and derives from ``VectorStoreError``."""


class VectorStoreError(Exception):
    """The store refuses; the message is one sentence with the value and the way out."""


class StoreNotFoundError(VectorStoreError):
    """No store lies at the folder, or the Hub does not give one."""


class ReadOnlyStoreError(VectorStoreError):
    """The store came from the Hub; publish and yank where it is kept."""


class IndexInvalidError(VectorStoreError):
    """index.json cannot be read, or does not fit what lies beside it."""


class InvalidIdError(VectorStoreError):
    """A name or version that no store accepts, such as one that climbs out of the store."""


class UnknownNameError(VectorStoreError):
    """No version of that name is listed, or none that may be used."""


class UnknownVersionError(VectorStoreError):
    """The name is known, the version is not."""


class VersionExistsError(VectorStoreError):
    """A published version never changes."""


class YankedError(VectorStoreError):
    """The version was withdrawn."""


class InvalidDraftError(VectorStoreError):
    """What was to be published is not a valid version."""


class EscapesStoreError(VectorStoreError):
    """A link leads out of the store."""


class MissingFileError(VectorStoreError):
    """A file of the version is not there, or is no regular file."""


class UnexpectedFileError(VectorStoreError):
    """The version's folder holds a file that its manifest does not list."""


class FileSizeError(VectorStoreError):
    """A file is shorter or longer than its manifest says."""


class FileDigestError(VectorStoreError):
    """A file's bytes are not those that were published."""


class ManifestDigestError(VectorStoreError):
    """manifest.json is not the one that the index lists."""


class ManifestInvalidError(VectorStoreError):
    """manifest.json is no manifest, or is another version's."""


class EvaluationInvalidError(VectorStoreError):
    """evaluation.json is not a JSON object."""


class VectorFileError(VectorStoreError):
    """vectors.safetensors is no safetensors file."""


class TensorNamesError(VectorStoreError):
    """A layer's tensor is missing, or there is one that no layer has."""


class TensorDtypeError(VectorStoreError):
    """A tensor is not float32."""


class TensorShapeError(VectorStoreError):
    """A tensor is not [hidden]."""


class NonFiniteVectorError(VectorStoreError):
    """A tensor holds NaN or an infinity."""


class ModelMismatchError(VectorStoreError):
    """The vectors were made for another model."""
