namespace SmartCity.SecurityCheck.Model;

/// <summary>密钥与口令特征表 · what the search for secrets in source looks for. Data of the rules: another table is another file.</summary>
public sealed record SecretTable
{
    public required RuleFile File { get; init; }

    public required IReadOnlyList<SecretPattern> Patterns { get; init; }

    /// <summary>Words in lower case; a value that holds one stands for a secret and is none.</summary>
    public required IReadOnlyList<string> Placeholders { get; init; }

    /// <summary>Parts of a path in lower case by which files of tests and examples are known.</summary>
    public required IReadOnlyList<string> TestPaths { get; init; }
}

/// <summary>What one kind of secret looks like.</summary>
public sealed record SecretPattern
{
    /// <summary>Upper-case letters, digits and hyphens, such as <c>SEC-ALI-01</c>.</summary>
    public required string Id { get; init; }

    public required string Title { get; init; }

    public required SecretGroup Group { get; init; }

    /// <summary>In lower case; one of them has to stand in a line before the expression is tried there.</summary>
    public required IReadOnlyList<string> Keywords { get; init; }

    /// <summary>.NET, for the non-backtracking engine, with a group <c>value</c> around the secret.</summary>
    public required string Expression { get; init; }

    public required SecretPlaces Places { get; init; }

    /// <summary>Text that must stand somewhere in the same file; null where none has to.</summary>
    public string? FileHas { get; init; }

    /// <summary>Characters after the keyword that the expression sees beyond the end of the line; 0 for the line alone.</summary>
    public int Beyond { get; init; }

    /// <summary>Shannon entropy of the value in bits per character that it must reach; 0 for any.</summary>
    public decimal LeastEntropy { get; init; }

    /// <summary>Kinds of characters (lower, upper, digits, others) that the value must have, 1–4.</summary>
    public int LeastKinds { get; init; } = 1;

    /// <summary>Shortest value.</summary>
    public int LeastLength { get; init; } = 1;

    public required Severity Severity { get; init; }

    public required SecretConfidence Confidence { get; init; }

    /// <summary>Of the weakness: 798 unless the table says another.</summary>
    public int Cwe { get; init; } = 798;

    public required string Remedy { get; init; }

    /// <summary>Texts in which the pattern must find something; at least one.</summary>
    public required IReadOnlyList<SecretFixture> Bad { get; init; }

    /// <summary>Texts in which it must find nothing; at least one.</summary>
    public required IReadOnlyList<SecretFixture> Good { get; init; }
}

/// <summary>A text that proves a pattern.</summary>
/// <param name="File">Name of the file it would stand in.</param>
/// <param name="Text">With <see cref="Seam"/> where other scanners would take the example for the real thing; it is left out before looking.</param>
public sealed record SecretFixture(string File, string Text)
{
    public const string Seam = "¦";

    /// <summary>The text as a file would have it.</summary>
    public string Sewn => Text.Replace(Seam, "", StringComparison.Ordinal);
}

/// <summary>What a secret opens.</summary>
public enum SecretGroup
{
    /// <summary>Accounts of cloud providers.</summary>
    Cloud,

    /// <summary>Interfaces of platforms: messaging, maps, payment, code hosting.</summary>
    Platform,

    /// <summary>Private keys.</summary>
    PrivateKey,

    /// <summary>Keys of ciphers.</summary>
    CipherKey,

    /// <summary>Passwords of databases, caches, accounts.</summary>
    Password,

    /// <summary>The password beside what is encrypted under it.</summary>
    Unlocking,
}

/// <summary>Which files a pattern is looked for in.</summary>
public enum SecretPlaces
{
    All,

    /// <summary>Configuration, scripts, plain text.</summary>
    Configuration,

    /// <summary>Programs and pages.</summary>
    Code,
}

/// <summary>How sure a match is a secret.</summary>
public enum SecretConfidence
{
    Low,
    Medium,
    High,
}
