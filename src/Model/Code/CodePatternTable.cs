namespace SmartCity.SecurityCheck.Model;

/// <summary>代码模式规则 · what is looked for in source text. Data of the rules: another table is another file.</summary>
public sealed record CodePatternTable
{
    public required RuleFile File { get; init; }

    public required IReadOnlyList<CodePatternRule> Rules { get; init; }

    /// <summary>How algorithms are written, and what each counts as.</summary>
    public IReadOnlyList<CodeAlgorithm> Algorithms { get; init; } = [];
}

/// <summary>One thing looked for in source text: a defect, a use of cryptography, or both.</summary>
public sealed record CodePatternRule
{
    /// <summary>Unique among all tables, such as GM-03-java.</summary>
    public required string Id { get; init; }

    /// <summary>The check it belongs to, such as GM-03; several rules say the same of several languages.</summary>
    public required string Check { get; init; }

    public required string Title { get; init; }

    /// <summary>Words of <see cref="CodeLanguages"/>; at least one.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>Lines of code with <c>$NAME</c>, <c>$...</c> and <c>_</c>; any of them is enough.</summary>
    public IReadOnlyList<string> Patterns { get; init; } = [];

    /// <summary>Expressions over one line outside comments; any of them is enough.</summary>
    public IReadOnlyList<CodeLineTest> Lines { get; init; } = [];

    /// <summary>What must hold of the names; all of them.</summary>
    public IReadOnlyList<CodeOperandTest> Where { get; init; } = [];

    /// <summary>Texts of which the file must hold at least one; empty = no matter.</summary>
    public IReadOnlyList<string> FileHas { get; init; } = [];

    /// <summary>Texts of which the file must hold none outside its comments. A page (HTML, Vue) runs in a browser whatever it mentions: there they are not asked for.</summary>
    public IReadOnlyList<string> FileLacks { get; init; } = [];

    /// <summary>Texts of which the three lines before, the line itself or the three after must hold at least one, whatever their case; empty = no matter.</summary>
    public IReadOnlyList<string> Near { get; init; } = [];

    /// <summary>Texts of which those lines must hold none.</summary>
    public IReadOnlyList<string> NotNear { get; init; } = [];

    /// <summary>The first hit of a file says it all.</summary>
    public bool OncePerFile { get; init; }

    /// <summary>Null: what is found is no defect and only counted.</summary>
    public CodePatternDefect? Defect { get; init; }

    /// <summary>Null: what is found is no entry of the inventory.</summary>
    public CodeUseYield? Yields { get; init; }

    /// <summary>Code in which it must be found.</summary>
    public required IReadOnlyList<CodeFixture> Bad { get; init; }

    /// <summary>Code in which it must not be found.</summary>
    public required IReadOnlyList<CodeFixture> Good { get; init; }
}

/// <summary>What a hit says of the code.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Confidence">How surely a hit is a defect.</param>
/// <param name="Cwe">Number of the weakness.</param>
/// <param name="Message">For people; names nothing of the code.</param>
/// <param name="Remedy">For people.</param>
public sealed record CodePatternDefect(Severity Severity, PatternConfidence Confidence, int? Cwe, string Message, string Remedy);

public enum PatternConfidence
{
    Low,
    Medium,
    High,
}

/// <param name="Has">The text that makes a line worth looking at; compared without regard to case.</param>
/// <param name="Matches">Expression over the line without its comments; null = the text alone is enough. Never backtracks.</param>
public sealed record CodeLineTest(string Has, string? Matches);

/// <summary>What must hold of the code a name stands for; absent = no matter.</summary>
public sealed record CodeOperandTest
{
    /// <summary>Without the dollar; <c>REST</c> = what <c>$...</c> stands for.</summary>
    public required string Name { get; init; }

    /// <summary>True: it is a literal of characters, directly or through a name set once in the file.</summary>
    public bool? Literal { get; init; }

    /// <summary>True: literals alone make it up, conversions such as getBytes included.</summary>
    public bool? Constant { get; init; }

    /// <summary>Expression that the literal's value meets; never backtracks.</summary>
    public string? Matches { get; init; }

    /// <summary>Expression that the literal's value does not meet; an operand that is no literal meets this.</summary>
    public string? NotMatches { get; init; }

    /// <summary>Expression over the code as written, blanks left out; names set once in the file are followed.</summary>
    public string? Code { get; init; }

    /// <summary>Expression that this code does not meet.</summary>
    public string? NotCode { get; init; }

    /// <summary>It is a number below this one.</summary>
    public long? Below { get; init; }

    /// <summary>It is a number of at least this one.</summary>
    public long? AtLeast { get; init; }
}

/// <summary>What an entry of the inventory says.</summary>
public sealed record CodeUseYield
{
    /// <summary>As in the inventory: block-cipher, hash …; null = as the algorithm's own.</summary>
    public string? Primitive { get; init; }

    /// <summary>Library or interface.</summary>
    public required string Api { get; init; }

    /// <summary>Name of the algorithm; null = read from <see cref="From"/>.</summary>
    public string? Algorithm { get; init; }

    public string? Mode { get; init; }

    public int? KeyBits { get; init; }

    /// <summary>The name whose literal, or whose code where it is no literal, says algorithm, mode and bits; <c>anchor</c> = the word the pattern is found by.</summary>
    public string? From { get; init; }

    /// <summary>The name whose number says the bits.</summary>
    public string? BitsFrom { get; init; }
}

/// <param name="Languages">Words of <see cref="CodeLanguages"/>.</param>
/// <param name="Code">A piece of code in each of them.</param>
/// <param name="Finds">For the inventory: algorithm, mode and bits as found, joined by blanks; null = whatever.</param>
public sealed record CodeFixture(IReadOnlyList<string> Languages, string Code, string? Finds);
