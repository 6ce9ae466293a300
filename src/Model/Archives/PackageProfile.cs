namespace SmartCity.SecurityCheck.Model;

/// <summary>信息包规范 · how packages of one kind are built. Data of the rules, or a file of the candidate's.</summary>
public sealed record PackageProfile
{
    public required RuleFile File { get; init; }

    public required PackageForm Form { get; init; }

    /// <summary>Id of the scheme used where no other is asked for; null where there is none.</summary>
    public string? Scheme { get; init; }

    /// <summary>Path of the metadata file in a package; null where the form says where metadata is.</summary>
    public string? Metadata { get; init; }

    /// <summary>Name of its root element; null where any will do.</summary>
    public string? Root { get; init; }

    /// <summary>Name of the element that begins a record; null where the whole file is one.</summary>
    public string? Record { get; init; }

    /// <summary>How files are listed; null where they are not.</summary>
    public FileListing? Files { get; init; }

    /// <summary>Folders at the top of a package; empty where any may be there.</summary>
    public IReadOnlyList<PackageFolder> Folders { get; init; } = [];

    /// <summary>Deepest nesting of a file, in folders; null = no bound.</summary>
    public int? Deepest { get; init; }

    /// <summary>Other files of the package's own that are no content.</summary>
    public IReadOnlyList<PackageDocument> Documents { get; init; } = [];

    /// <summary>Element whose value is the name of the package without its ending; null where the name means nothing.</summary>
    public string? NamedAfter { get; init; }

    /// <summary>办理过程 · null where packages have none.</summary>
    public ProcessListing? Process { get; init; }

    /// <summary>归档范围 · kinds of files by the code in <see cref="FileListing.Kind"/>; empty where there is no such code.</summary>
    public IReadOnlyList<FileKind> Kinds { get; init; } = [];

    /// <summary>Short names of formats that content may have; empty where nothing is said.</summary>
    public IReadOnlyList<string> Formats { get; init; } = [];

    /// <summary>Short names of formats that last; empty where nothing is said.</summary>
    public IReadOnlyList<string> LongTerm { get; init; } = [];

    /// <summary>Element with the number of files in the package; null where there is none.</summary>
    public string? FileCount { get; init; }

    /// <summary>Element with the number of pages of all content; null where there is none.</summary>
    public string? PageCount { get; init; }

    /// <summary>Elements that name the software that made or reads the content; empty where there are none.</summary>
    public IReadOnlyList<string> Software { get; init; } = [];

    /// <summary>Software that is known; empty where any is as good.</summary>
    public IReadOnlyList<string> KnownSoftware { get; init; } = [];

    /// <summary>What signatures of encapsulated packages are made over; null where nobody says.</summary>
    public EepForm? SignedForm { get; init; }

    /// <summary>移交目录 · null where there is none.</summary>
    public TransferListing? TransferList { get; init; }

    /// <summary>What cells and elements of a register are called.</summary>
    public required RegisterNames Register { get; init; }
}

public enum PackageForm
{
    /// <summary>A ZIP or folder with a metadata file.</summary>
    Files,

    /// <summary>One XML file of DA/T 48-2009.</summary>
    Eep,

    /// <summary>A bag of RFC 8493.</summary>
    BagIt,
}

/// <param name="Element">Name of the element of one file.</param>
/// <param name="Name">Name of the child or attribute with its path or name.</param>
/// <param name="Size">… with its bytes.</param>
public sealed record FileListing(string Element, string Name, string Size)
{
    public string? Format { get; init; }

    public string? Created { get; init; }

    public string? Kind { get; init; }

    /// <summary>Child or attribute that is 1, true or 是 for an attachment.</summary>
    public string? Attachment { get; init; }

    /// <summary>Ancestor element that stands for a folder of the package, with the attribute that names it, as <c>folder@title</c>; null where names are paths.</summary>
    public string? Folder { get; init; }

    public string? Digest { get; init; }

    public string? Algorithm { get; init; }
}

public sealed record PackageFolder(string Name, bool IsRequired);

/// <param name="Path">In the package.</param>
/// <param name="IsRequired">False for one that may be left out.</param>
/// <param name="Fields">Names that its text says something about, as <c>name：value</c> or an element.</param>
public sealed record PackageDocument(string Path, bool IsRequired, IReadOnlyList<string> Fields);

/// <param name="Element">Of one step.</param>
/// <param name="Code">Child with its code.</param>
/// <param name="Time">Child with its time.</param>
/// <param name="Actor">Child with who did it.</param>
/// <param name="Required">Steps that every case has, in their order.</param>
public sealed record ProcessListing(string Element, string Code, string Time, string Actor, IReadOnlyList<ProcessStep> Required);

public sealed record ProcessStep(string Code, string Title);

/// <param name="Code">As in the list, or its beginning.</param>
/// <param name="Title">For people.</param>
/// <param name="IsRequired">Every package has one.</param>
public sealed record FileKind(string Code, string Title, bool IsRequired);

/// <param name="Root">Root element of the file.</param>
/// <param name="Element">Of one package.</param>
/// <param name="Id">Child with the name of the package.</param>
public sealed record TransferListing(string Root, string Element, string Id)
{
    public string? Size { get; init; }

    public string? Digest { get; init; }

    public string? Algorithm { get; init; }

    /// <summary>Children of the root that have to be there.</summary>
    public IReadOnlyList<string> HeadFields { get; init; } = [];

    /// <summary>Children of each package's element that have to be there.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];
}

/// <summary>Names by which a register's values are found; the first that is there counts.</summary>
/// <param name="Count">Total number of records.</param>
/// <param name="Bytes">Total number of bytes.</param>
/// <param name="Id">Column with a record's name.</param>
/// <param name="Size">Column with its bytes.</param>
public sealed record RegisterNames(IReadOnlyList<string> Count, IReadOnlyList<string> Bytes, IReadOnlyList<string> Id, IReadOnlyList<string> Size);
