namespace SmartCity.SecurityCheck.Model;

/// <summary>项目声明的数据流规则 · what candidate.yaml says of a project's own methods, beside the tables of the rules.</summary>
public sealed record ProjectFlows
{
    public static ProjectFlows None { get; } = new();

    public IReadOnlyList<ProjectSource> Sources { get; init; } = [];

    public IReadOnlyList<ProjectSink> Sinks { get; init; } = [];

    public IReadOnlyList<ProjectSanitizer> Sanitizers { get; init; } = [];

    public IReadOnlyList<ProjectEntry> Entries { get; init; } = [];

    public bool IsEmpty => Sources.Count + Sinks.Count + Sanitizers.Count + Entries.Count == 0;
}

/// <summary>来源 · what these methods return is foreign.</summary>
/// <param name="Type">Full name.</param>
/// <param name="Calls">Names of methods; <c>new</c> is a constructor.</param>
/// <param name="Kind">Where it is from, for people.</param>
public sealed record ProjectSource(string Type, IReadOnlyList<string> Calls, string Kind);

/// <summary>汇点 · foreign values must not come into these methods.</summary>
/// <param name="Type">Full name.</param>
/// <param name="Calls">Names of methods; <c>new</c> is a constructor.</param>
/// <param name="At">Arguments that matter, from 0, −1 for the receiver; empty for all.</param>
/// <param name="Weakness">Id of a weakness of the tables, or its number in reports.</param>
public sealed record ProjectSink(string Type, IReadOnlyList<string> Calls, IReadOnlyList<int> At, string Weakness);

/// <summary>净化 · a project's word that these methods take the danger out of a value. A word, not a measurement: what only it stops is listed.</summary>
public sealed record ProjectSanitizer
{
    /// <summary>Full name.</summary>
    public required string Type { get; init; }

    public required IReadOnlyList<string> Calls { get; init; }

    /// <summary>Weaknesses that what is returned cannot lead to, by id or number in reports; empty where it guards.</summary>
    public IReadOnlyList<string> Cleans { get; init; } = [];

    /// <summary>Weaknesses that an argument cannot lead to where the method says true.</summary>
    public IReadOnlyList<string> Guards { get; init; } = [];

    /// <summary>The argument that is guarded, from 0.</summary>
    public int At { get; init; }

    public required string Reason { get; init; }

    /// <summary>Who answers for it.</summary>
    public required string Author { get; init; }

    /// <summary>The last day on which it counts.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>File, line and column of the entry.</summary>
    public required string Place { get; init; }

    /// <summary>As reports name it.</summary>
    public string Name => $"{Type}.{string.Join('/', Calls)}";
}

/// <summary>入口 · strangers call methods with this annotation, or public ones of types with it.</summary>
/// <param name="Annotation">Full name.</param>
/// <param name="Kind">What comes in, for people.</param>
public sealed record ProjectEntry(string Annotation, string Kind);

/// <summary>样例 · a program that proves a project's rules.</summary>
/// <param name="Code">Of one Java file.</param>
/// <param name="Finds">Weakness that has to be found, by id or number; null where nothing may be.</param>
/// <param name="Place">File, line and column of the entry.</param>
public sealed record ProjectFlowExample(string Code, string? Finds, string Place);
