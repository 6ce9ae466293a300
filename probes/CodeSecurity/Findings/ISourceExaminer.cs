namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Looks at one file after the other; stateless, so that files are examined side by side.</summary>
internal interface ISourceExaminer
{
    /// <summary>Names what it found and where it failed, in defects and in the cache; unlike that of any other examiner, and changes whenever its rules do (<see cref="SweepCache"/> rests on it).</summary>
    string Id { get; }

    SourceFindings Examine(TokenizedSource source);
}

/// <summary>What one examiner found in one file.</summary>
/// <param name="Defects">In order of the text.</param>
/// <param name="CryptoUses">Uses of cryptography, good or bad.</param>
internal sealed record SourceFindings(IReadOnlyList<CodeDefect> Defects, IReadOnlyList<CryptoUse> CryptoUses)
{
    public static SourceFindings None { get; } = new([], []);

    /// <summary>What was found and is not among them, for people; null where all is.</summary>
    public string? Cut { get; init; }
}
