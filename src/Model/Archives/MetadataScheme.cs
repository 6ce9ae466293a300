namespace SmartCity.SecurityCheck.Model;

/// <summary>元数据方案 · which elements a package's metadata has, and what their values look like. Data of the rules, or a file of the candidate's.</summary>
public sealed record MetadataScheme
{
    public required RuleFile File { get; init; }

    public required IReadOnlyList<SchemeElement> Elements { get; init; }

    /// <summary>Lists of elements whose times do not go backwards; the last of them is not after now.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Ordered { get; init; } = [];

    /// <summary>Elements that hold the year of another one's date.</summary>
    public IReadOnlyList<YearOf> Years { get; init; } = [];

    /// <summary>Elements whose values occur once in a batch.</summary>
    public IReadOnlyList<string> Unique { get; init; } = [];

    /// <summary>档号 · null where the scheme says nothing of it.</summary>
    public RecordNumberForm? RecordNumber { get; init; }

    /// <summary>Element whose last run of digits counts the records of a batch without gaps, those with the same beginning apart; null where none does.</summary>
    public string? Serial { get; init; }

    /// <summary>The element of that name, or of one of its other names; null where there is none.</summary>
    public SchemeElement? Find(string name) => Elements.FirstOrDefault(e => e.IsCalled(name));
}

/// <summary>One element of a scheme.</summary>
/// <param name="Name">As metadata files call it.</param>
/// <param name="Title">As people call it.</param>
public sealed record SchemeElement(string Name, string Title)
{
    /// <summary>Number in the standard, such as M22; null where it has none.</summary>
    public string? Number { get; init; }

    public IReadOnlyList<string> OtherNames { get; init; } = [];

    public ElementPresence Presence { get; init; }

    /// <summary>With <see cref="ElementPresence.Conditional"/>: it is there where this other element has one of these values (any value where the list is empty).</summary>
    public ElementCondition? When { get; init; }

    /// <summary>Unicode characters; null = no bound.</summary>
    public int? Shortest { get; init; }

    /// <summary>Unicode characters; null = no bound.</summary>
    public int? Longest { get; init; }

    public ValueForm Form { get; init; }

    /// <summary>The only values; empty where others are as good.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>Of a number; null = no bound.</summary>
    public decimal? Least { get; init; }

    public bool IsCalled(string name) => name == Name || name == Title || OtherNames.Contains(name, StringComparer.Ordinal);
}

/// <param name="Year">Element with the year.</param>
/// <param name="Of">Element with the date.</param>
public sealed record YearOf(string Year, string Of);

/// <param name="Element">The other element.</param>
/// <param name="Values">Any value where empty.</param>
public sealed record ElementCondition(string Element, IReadOnlyList<string> Values);

/// <param name="Element">That holds it.</param>
/// <param name="Pattern">Expression over the whole of it, without backtracking; a named group is compared with the element of that name.</param>
public sealed record RecordNumberForm(string Element, string Pattern);

public enum ElementPresence
{
    Optional,
    Conditional,
    Mandatory,
}

/// <summary>How a value is spelled.</summary>
public enum ValueForm
{
    Text,

    /// <summary>yyyy-MM-dd or yyyyMMdd, a day of the calendar.</summary>
    Date,

    /// <summary>A date with a time of day, or a date alone.</summary>
    Moment,

    Year,

    /// <summary>Not negative.</summary>
    Integer,

    /// <summary>统一社会信用代码 of GB 32100, with its check character.</summary>
    CreditCode,

    /// <summary>行政区划代码 of 6, 9 or 12 digits.</summary>
    RegionCode,

    /// <summary>公民身份号码 of GB 11643, with its check character.</summary>
    IdentityNumber,

    Base64,
}
