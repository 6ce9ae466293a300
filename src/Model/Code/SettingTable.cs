namespace SmartCity.SecurityCheck.Model;

/// <summary>
/// 设置规则 · which settings and which configuration code of Java applications leave a door open. A kind of file of its own, beside the tables of flows: a flow is a value
/// that goes somewhere and its tables say what calls do with values; here a value stands still, what matters is which keys stand beside it and for which environment it
/// holds, and an example is a file of settings as often as a program.
/// </summary>
public sealed record SettingTable
{
    public required RuleFile File { get; init; }

    public required IReadOnlyList<SettingRule> Rules { get; init; }
}

/// <summary>One weakness of configuration.</summary>
public sealed record SettingRule
{
    /// <summary>Number in reports, JS-…; unique among all tables.</summary>
    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>Number of the weakness; by it the report counts the class of GB/T 34944.</summary>
    public required int Cwe { get; init; }

    public required Severity Severity { get; init; }

    /// <summary>How surely a hit is a weakness, in settings that hold where the system runs.</summary>
    public required PatternConfidence Confidence { get; init; }

    /// <summary>What is wrong, for people; names no value.</summary>
    public required string Message { get; init; }

    public required string Remedy { get; init; }

    public required SettingSource Reads { get; init; }

    /// <summary>Of Java: texts of which the file must hold at least one; empty for any file.</summary>
    public IReadOnlyList<string> FileHas { get; init; } = [];

    /// <summary>Texts that make it less sure where a Java file of the tree holds one of them: a framework behind which the door may stand. Empty where nothing does.</summary>
    public IReadOnlyList<string> DoubtedBy { get; init; } = [];

    /// <summary>Where it is told; any of them is enough.</summary>
    public required IReadOnlyList<SettingTest> When { get; init; }

    /// <summary>What must hold besides; all of them.</summary>
    public IReadOnlyList<SettingTest> Also { get; init; } = [];

    /// <summary>What excuses it; any of them is enough.</summary>
    public IReadOnlyList<SettingTest> Unless { get; init; } = [];

    /// <summary>Files in which it is found.</summary>
    public required IReadOnlyList<SettingExample> Bad { get; init; }

    /// <summary>Files in which it is not.</summary>
    public required IReadOnlyList<SettingExample> Good { get; init; }
}

/// <param name="File">Its name says how it is read.</param>
/// <param name="Text">All of it.</param>
public sealed record SettingExample(string File, string Text);

/// <summary>What a rule reads.</summary>
public enum SettingSource
{
    /// <summary>application and bootstrap files of Spring, YAML or properties.</summary>
    Spring,

    /// <summary>web.xml, shiro.ini, server.xml, Spring XML and logging files, each flattened to keys that begin with the kind of file.</summary>
    Markup,

    /// <summary>Calls and annotations of Java source.</summary>
    Java,
}

/// <summary>One condition: over keys and values, or over calls.</summary>
public sealed record SettingTest
{
    /// <summary>Keys with dots, in any of the spellings Spring takes for one; a part <c>*</c> stands for any. Empty of a condition over calls.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>The value says yes, or no; null where nobody asks.</summary>
    public bool? Is { get; init; }

    /// <summary>Expression that finds something in the value.</summary>
    public string? Matches { get; init; }

    /// <summary>The key is not there, or its value is empty.</summary>
    public bool IsAbsent { get; init; }

    /// <summary>Of <see cref="SettingRule.Also"/> and <see cref="SettingRule.Unless"/>: only the keys that stand beside the one that was met count, below the same parent; a star there is what it was for that key.</summary>
    public bool IsBeside { get; init; }

    /// <summary>Calls one behind the other, the last of which is meant; empty of a condition over keys.</summary>
    public IReadOnlyList<CallStep> Path { get; init; } = [];

    public IReadOnlyList<ArgumentTest> Arguments { get; init; } = [];

    /// <summary>Of <see cref="SettingRule.Also"/> and <see cref="SettingRule.Unless"/>: how far from the place a call is looked for.</summary>
    public CallReach Within { get; init; } = CallReach.Method;

    /// <summary>Full name of the type of the variable it is called on, where that is known; null for any.</summary>
    public string? On { get; init; }
}

/// <summary>One call of a path.</summary>
/// <param name="Names">Any of them; <c>new X</c> of a creation, <c>@X</c> of an annotation, <c>extends X</c> of a supertype; a star at an end stands for anything.</param>
/// <param name="IsTested">The conditions over arguments mean this one.</param>
public sealed record CallStep(IReadOnlyList<string> Names, bool IsTested);

/// <summary>A condition over what is known of arguments: constants, names of calls and of constants elsewhere.</summary>
/// <param name="At">Counted from 0; null for any argument.</param>
/// <param name="Expression">That finds something in one of them; null: nothing is known of the argument.</param>
/// <param name="IsForbidden">It must find nothing.</param>
public sealed record ArgumentTest(int? At, string? Expression, bool IsForbidden);

/// <summary>How far a call is looked for.</summary>
public enum CallReach
{
    /// <summary>In the same statement.</summary>
    Statement,

    /// <summary>On the same variable of the same method.</summary>
    Variable,

    Method,

    File,

    Tree,
}
