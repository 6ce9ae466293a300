namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What an engine says of one line, in plain values.</summary>
/// <param name="Engine">Who says it.</param>
/// <param name="Id">Its number.</param>
/// <param name="Title">As the engine calls the number.</param>
/// <param name="Message">Its words.</param>
/// <param name="File">From the root of the tree.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="IsSilenced">The source tells analyzers to be silent here.</param>
internal sealed record FoundDiagnostic(string Engine, string Id, string Title, string Message, string File, int Line, bool IsSilenced)
{
    /// <summary>Places the engine names besides, such as where the data comes from; in the order of the engine.</summary>
    public IReadOnlyList<FlowStep> Steps { get; init; } = [];

    /// <summary>What makes two of them one.</summary>
    public (string, string, string, string, string, int, bool) Identity => (Engine, Id, Title, Message, File, Line, IsSilenced);
}
