namespace SmartCity.SecurityCheck.Model;

/// <summary>指标目录 · the items of one standard, which requirements and people answer.</summary>
public sealed record ControlCatalogue
{
    public required RuleFile File { get; init; }

    /// <summary>Number with year.</summary>
    public required string Standard { get; init; }

    public required Pillar Pillar { get; init; }

    /// <summary>The kind of system it extends the standard for; null for what is asked of every system.</summary>
    public SystemExtension? Extension { get; init; }

    /// <summary>Documents that answer several of its controls at once; those of all catalogues of a standard are known to each of them.</summary>
    public IReadOnlyList<CatalogueDocument> Documents { get; init; } = [];

    /// <summary>In the order of the standard.</summary>
    public required IReadOnlyList<ControlGroup> Groups { get; init; }

    /// <summary>In the order of the file.</summary>
    public required IReadOnlyList<Control> Controls { get; init; }
}

/// <summary>A layer or class of a standard.</summary>
/// <param name="Id">Such as NET.</param>
/// <param name="Title">For people.</param>
/// <param name="Part">Technical items are asked object by object.</param>
/// <param name="Weight">In the total; 0 where the standard is not scored.</param>
public sealed record ControlGroup(string Id, string Title, ControlPart Part, decimal Weight)
{
    /// <summary>Kinds of objects its controls are asked of, one by one; empty: of the system as a whole.</summary>
    public IReadOnlyList<AssetKind> Objects { get; init; } = [];
}

public enum ControlPart
{
    Technical,
    Management,
}

/// <summary>指标 · one item.</summary>
public sealed record Control
{
    /// <summary>Of this project, unique over all catalogues.</summary>
    public required string Key { get; init; }

    public required string GroupId { get; init; }

    /// <summary>控制点 within the group; null where the standard has none.</summary>
    public string? Point { get; init; }

    /// <summary>In our own words.</summary>
    public required string Title { get; init; }

    /// <summary>Which of the system's grades decides at what level it is asked.</summary>
    public GradeAspect Grade { get; init; }

    /// <summary>Kinds of objects of its group that it is not asked of.</summary>
    public IReadOnlyList<AssetKind> NotFor { get; init; } = [];

    /// <summary>Ids of documents that can answer it.</summary>
    public IReadOnlyList<string> Documents { get; init; } = [];

    public ControlEffort? Effort { get; init; }

    /// <summary>It lies with the cloud provider; a tenant shows the provider's proof.</summary>
    public bool IsProviderSide { get; init; }

    /// <summary>Levels whose unit number other public material confirms; elsewhere it is counted on.</summary>
    public IReadOnlyList<int> UnitsChecked { get; init; } = [];

    /// <summary>Number of the assessment unit (GB/T 43206-2023); null where there is none.</summary>
    public string? Unit { get; init; }

    /// <summary>False: judged, without a share in the total.</summary>
    public bool IsScored { get; init; } = true;

    /// <summary>The levels it exists at, ascending.</summary>
    public required IReadOnlyList<ControlLevel> Levels { get; init; }

    public required ToolReach Reach { get; init; }

    /// <summary>What this tool looks at; null where nothing.</summary>
    public string? Looks { get; init; }

    /// <summary>What people have to bring.</summary>
    public required string Evidence { get; init; }

    /// <summary>Who usually has it.</summary>
    public required string Holder { get; init; }

    /// <summary>Targets that count as its objects where candidate.yaml names none.</summary>
    public IReadOnlyList<DefaultObject> DefaultObjects { get; init; } = [];

    public string? Note { get; init; }

    public required BasisConfidence Confidence { get; init; }

    /// <summary>Where it stands, as <c>file(line,col)</c>.</summary>
    public required string Origin { get; init; }

    /// <summary>Null where it does not exist at that level.</summary>
    public ControlLevel? At(int level) => Levels.FirstOrDefault(l => l.Level == level);
}

/// <param name="Level">1–4.</param>
/// <param name="Modal">应, 宜 or 可.</param>
/// <param name="Clause">Of the standard; null where the source gives none.</param>
/// <param name="Weight">Within its group; null for items without a share.</param>
public sealed record ControlLevel(int Level, Modal Modal, string? Clause, decimal? Weight)
{
    /// <summary>Number of the unit at this level, where units are numbered by level.</summary>
    public string? Unit { get; init; }

    /// <summary>In our own words, where it says something else at this level.</summary>
    public string? Title { get; init; }

    /// <summary>重要程度 of the 2021 formula; null where unknown.</summary>
    public ControlImportance? Importance { get; init; }
}

/// <summary>How strongly an item is asked for.</summary>
public enum Modal
{
    /// <summary>应: always.</summary>
    Shall,

    /// <summary>宜: unless the approved crypto plan argues it away.</summary>
    Should,

    /// <summary>可: the owner decides.</summary>
    May,
}

/// <summary>How far this tool gets with an item.</summary>
public enum ToolReach
{
    /// <summary>Decides D and A on every object it reaches.</summary>
    Full,
    Partial,

    /// <summary>Once it is given samples, keys or exports.</summary>
    Sample,

    /// <summary>By rules over the register of products.</summary>
    Register,

    /// <summary>Documents and interviews.</summary>
    Document,
    None,
}

/// <summary>Targets that are objects of a control by what they are.</summary>
public enum DefaultObject
{
    /// <summary>Endpoints that are not management channels.</summary>
    Endpoint,

    /// <summary>Endpoints with <c>purpose: management</c>.</summary>
    ManagementEndpoint,
    Host,
}
