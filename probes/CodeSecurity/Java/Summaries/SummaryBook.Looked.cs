namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What was looked up once for all methods.</summary>
internal sealed partial class SummaryBook
{
    /// <summary>Methods that ask of something whether it is a text.</summary>
    public Dictionary<ProgramMethod, bool> AskingTexts { get; } = [];

    /// <summary>Texts a field begins with and is given by the class it is in, where they were looked up.</summary>
    public Dictionary<string, List<string>> TextsIn { get; } = new(StringComparer.Ordinal);

    /// <summary>Names that expressions of checks let through, by expression.</summary>
    public Dictionary<string, List<string>> LetThrough { get; } = new(StringComparer.Ordinal);

    public NeverNull NeverNull => _neverNull ??= new NeverNull(Program, BodyOf);

    private NeverNull? _neverNull;
}
