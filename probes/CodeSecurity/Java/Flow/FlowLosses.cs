namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Notes what sets of a fixed size had no place for, where those who join values know of no method; the analysis runs on one thread.</summary>
internal static class FlowLosses
{
    [ThreadStatic]
    private static string? _why;

    public static void Note(string why) => _why = why;

    /// <returns>What was lost since it was last asked; null where nothing was.</returns>
    public static string? Take()
    {
        var why = _why;
        _why = null;
        return why;
    }
}
