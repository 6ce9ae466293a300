using System.Xml.Linq;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>What was read of one package; the items compare from this alone.</summary>
internal sealed class PackageReading
{
    private readonly Lazy<Dictionary<string, PackageFile>> _byPath;
    private readonly Lazy<HashSet<string>> _listed;

    public PackageReading()
    {
        _byPath = new(() => Files.GroupBy(f => NameForms.Decomposed(f.Path), StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal));
        _listed = new(() => (Listed ?? []).Select(l => NameForms.Decomposed(l.Path)).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>Relative to what was handed in.</summary>
    public required string Name { get; init; }

    /// <summary>Of the package file; null for a folder.</summary>
    public long? FileBytes { get; set; }

    /// <summary>Digests of the package file by name of the algorithm, lower-case hexadecimal; empty for a folder.</summary>
    public Dictionary<string, string> Digests { get; } = new(StringComparer.Ordinal);

    public List<ContainerFault> Faults { get; } = [];

    /// <summary>It, or a file in it, could not be had from the disk; that is no fault of the package.</summary>
    public bool IsUnread { get; set; }

    public List<PackageFile> Files { get; } = [];

    public List<string> Folders { get; } = [];

    /// <summary>Null where there is no metadata file, or it could not be read.</summary>
    public XElement? Metadata { get; set; }

    /// <summary>Path of the metadata file as it is spelled; null where it is not there.</summary>
    public string? MetadataPath { get; set; }

    /// <summary>Why a metadata file that is there could not be read, by path.</summary>
    public List<(string Path, string Why)> Unreadable { get; } = [];

    /// <summary>XML files of metadata that were read to their end.</summary>
    public int ReadableMetadata { get; set; }

    /// <summary>XML files of the package's own that could be read.</summary>
    public List<(string Path, XElement Root)> Trees { get; } = [];

    public List<MetadataRecord> Records { get; } = [];

    /// <summary>Why <see cref="Records"/> are not all there are; null where they are.</summary>
    public string? RecordsCut { get; set; }

    /// <summary>Null where no list of files could be read.</summary>
    public List<ListedFile>? Listed { get; set; }

    /// <summary>Why <see cref="Listed"/> is not the whole list; null where it is.</summary>
    public string? ListedCut { get; set; }

    /// <summary>Null where nothing of the process was found.</summary>
    public List<ProcessRecord>? Steps { get; set; }

    /// <summary>Texts of the package's own documents by path.</summary>
    public Dictionary<string, string> Documents { get; } = new(StringComparer.Ordinal);

    /// <summary>The checks of DA/T 48; null for other packages.</summary>
    public IReadOnlyList<EepCheck>? Eep { get; set; }

    /// <summary>What the bag says of itself; null for other packages.</summary>
    public BagReading? Bag { get; set; }

    public long Bytes => FileBytes ?? Files.Sum(f => f.Bytes);

    /// <summary>Everything but metadata and documents of the package's own.</summary>
    public IEnumerable<PackageFile> Contents => Files.Where(f => !f.IsOwn);

    /// <summary>Contents that no list names; none are known where the list is missing or was cut.</summary>
    public IEnumerable<PackageFile> Unlisted => Listed is null || ListedCut is not null ? [] : Contents.Where(f => !SurplusNames.IsLeftBehind(f.Path) && !Lists(f.Path));

    /// <summary>The file of that path in either normal form; asked once all files are read.</summary>
    public PackageFile? File(string path) => _byPath.Value.GetValueOrDefault(NameForms.Decomposed(path));

    /// <summary>Whether metadata lists it; asked once metadata is read.</summary>
    public bool Lists(string path) => _listed.Value.Contains(NameForms.Decomposed(path));
}

/// <summary>A file of a package, with what its bytes say.</summary>
internal sealed class PackageFile
{
    public required string Path { get; init; }

    /// <summary>As read; as declared where it could not be read.</summary>
    public required long Bytes { get; set; }

    public DateTime? ModifiedAt { get; init; }

    /// <summary>Metadata, or a document of the package's own.</summary>
    public bool IsOwn { get; set; }

    /// <summary>Of a text that begins with the mark of UTF-8.</summary>
    public bool HasMark { get; set; }

    public string? Sm3 { get; set; }

    public string? Sha256 { get; set; }

    /// <summary>Digests that manifests of the package use beside, by name of the algorithm.</summary>
    public IReadOnlyDictionary<string, string> OtherDigests { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public SeenFormat? Format { get; set; }

    /// <summary>Of an OFD file: what its signatures came to; null for others, and where <see cref="SealTrouble"/> says why.</summary>
    public OfdFileFinding? Seals { get; set; }

    /// <summary>Of a PDF file: its signatures, in the order of the file.</summary>
    public IReadOnlyList<PdfSignatureFinding> PdfSignatures { get; set; } = [];

    /// <summary>Why signatures in it were not verified; null where they were, or there are none.</summary>
    public string? SealTrouble { get; set; }

    /// <summary>Why its content could not be read to the end; null where it could.</summary>
    public ContainerFault? Fault { get; set; }

    public string Name => Path[(Path.LastIndexOf('/') + 1)..];
}

/// <summary>A value of metadata.</summary>
/// <param name="Name">Of the element, without namespace.</param>
/// <param name="Value">As written.</param>
/// <param name="Source">File or list it stands in.</param>
internal sealed record NamedValue(string Name, string Value, string Source);

/// <summary>The metadata of one record.</summary>
/// <param name="Place">For people.</param>
/// <param name="Values">In the order of the file.</param>
internal sealed record MetadataRecord(string Place, IReadOnlyList<NamedValue> Values)
{
    public IEnumerable<NamedValue> All(SchemeElement element) => Values.Where(v => element.IsCalled(v.Name));

    public NamedValue? First(SchemeElement? element) => element is null ? null : All(element).FirstOrDefault();
}

/// <summary>A file as metadata lists it.</summary>
/// <param name="Path">In the package, as far as the listing tells.</param>
internal sealed record ListedFile(string Path)
{
    public string? Size { get; init; }

    public string? Format { get; init; }

    public string? Created { get; init; }

    public string? Kind { get; init; }

    public bool IsAttachment { get; init; }

    public string? Digest { get; init; }

    public string? Algorithm { get; init; }

    public string Name => Path[(Path.LastIndexOf('/') + 1)..];
}

/// <summary>One step of the process.</summary>
internal sealed record ProcessRecord(string Code, string? Time, string? Actor);
