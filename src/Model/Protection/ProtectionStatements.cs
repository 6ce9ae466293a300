namespace SmartCity.SecurityCheck.Model;

/// <summary>等保所需 · what people say of the system for classified protection. All of it optional: what is left out is unknown.</summary>
public sealed record ProtectionStatements
{
    public static ProtectionStatements None { get; } = new();

    /// <summary>S, 1–4; the grade of the system where null.</summary>
    public int? InformationLevel { get; init; }

    /// <summary>A, 1–4; the grade of the system where null.</summary>
    public int? ServiceLevel { get; init; }

    /// <summary>Null: nobody said whether there are mobile or sensing parts.</summary>
    public IReadOnlyList<SystemExtension>? Extensions { get; init; }

    public IReadOnlyList<ProtectionObject> Objects { get; init; } = [];

    /// <summary>The list of objects is said to be whole.</summary>
    public bool AreObjectsComplete { get; init; }

    /// <summary>Null where candidate.yaml names none.</summary>
    public AnswerSheet? Answers { get; init; }

    /// <summary>Where attachments lie; null when a pack is read again.</summary>
    public string? AttachmentsFolder { get; init; }

    /// <summary>The files the above was read from, which go into the pack.</summary>
    public IReadOnlyList<SuppliedFile> Files { get; init; } = [];
}

/// <summary>测评对象.</summary>
/// <param name="Id">Unique.</param>
/// <param name="Title">For people.</param>
/// <param name="Kind">What items it is asked.</param>
/// <param name="Targets">Ids of targets whose judgements speak of it, such as <c>host:app</c>.</param>
public sealed record ProtectionObject(string Id, string Title, AssetKind Kind, IReadOnlyList<string> Targets);

/// <summary>答题文件 · what people answered, or were asked and have not answered yet.</summary>
public sealed record AnswerSheet
{
    public static AnswerSheet Empty { get; } = new() { System = "" };

    /// <summary>Id of the candidate it was written for.</summary>
    public required string System { get; init; }

    /// <summary>Papers that answer several items.</summary>
    public IReadOnlyList<SheetDocument> Documents { get; init; } = [];

    public IReadOnlyList<ItemAnswer> Answers { get; init; } = [];

    /// <summary>About cases of the high-risk guide.</summary>
    public IReadOnlyList<CaseAnswer> Cases { get; init; } = [];
}

/// <param name="Path">Relative to the folder of the answers file; forward slashes.</param>
/// <param name="Sha256">64 lower-case hexadecimal digits; null where nobody has computed it.</param>
public sealed record Attachment(string Path, string? Sha256)
{
    /// <summary>What was found where it should lie; nothing of the file's own words.</summary>
    public AttachmentState State { get; init; }
}

public enum AttachmentState
{
    /// <summary>Nobody looked.</summary>
    NotLooked,
    Present,
    Missing,

    /// <summary>It is there with other content.</summary>
    Changed,

    /// <summary>It is there, and no hash was recorded.</summary>
    Unhashed,

    /// <summary>It is there and has too few bytes to be a paper.</summary>
    Scant,

    /// <summary>It is there and has the shape of no document.</summary>
    Shapeless,
}

/// <summary>One paper handed in.</summary>
public sealed record SheetDocument
{
    /// <summary>Unique within the sheet; what answers name.</summary>
    public required string Id { get; init; }

    /// <summary>Id of a <see cref="CatalogueDocument"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Null: asked for, not there yet.</summary>
    public Attachment? File { get; init; }

    public DateOnly? IssuedOn { get; init; }

    public DateOnly? ExpiresOn { get; init; }
}

/// <summary>A row of a sheet that a person fills in.</summary>
public abstract record SheetRow
{
    private protected SheetRow() { }

    public string? By { get; init; }

    public string? Organisation { get; init; }

    public DateOnly? On { get; init; }

    public string? Statement { get; init; }

    /// <summary>Ids of <see cref="SheetDocument"/>.</summary>
    public IReadOnlyList<string> Documents { get; init; } = [];

    public IReadOnlyList<Attachment> Evidence { get; init; } = [];
}

public sealed record ItemAnswer : SheetRow
{
    /// <summary>Key of a control.</summary>
    public required string Item { get; init; }

    /// <summary>Id of an object; null for the system as a whole.</summary>
    public string? Object { get; init; }

    /// <summary>Null: not answered yet.</summary>
    public Verdict? Verdict { get; init; }
}

public sealed record CaseAnswer : SheetRow
{
    /// <summary>Codes of the guide.</summary>
    public required IReadOnlyList<string> Cases { get; init; }

    /// <summary>Null: not answered yet.</summary>
    public HighRiskClaim? Claim { get; init; }

    /// <summary>Id of the mitigation, with <see cref="HighRiskClaim.Mitigated"/>.</summary>
    public string? Mitigation { get; init; }
}
