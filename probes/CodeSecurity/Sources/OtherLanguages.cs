namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Sources in languages that are read as plain text alone: no rule of programs speaks of them.</summary>
internal static class OtherLanguages
{
    /// <summary>Pages, services and Visual Basic of .NET: lower-case endings with their dot.</summary>
    public static IReadOnlySet<string> DotNet { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        ".vb", ".aspx", ".ascx", ".ashx", ".asmx", ".asax", ".master", ".svc", ".cshtml", ".vbhtml", ".razor",
    };

    /// <summary>All: lower-case endings with their dot.</summary>
    public static IReadOnlySet<string> Endings { get; } = new HashSet<string>(DotNet, StringComparer.Ordinal)
    {
        ".rb", ".rs", ".swift", ".scala", ".clj", ".m", ".mm", ".pl", ".pm", ".lua", ".r", ".dart", ".erl", ".ex", ".exs", ".hs", ".fs", ".bas", ".cls", ".frm", ".asp",
        ".pas", ".dpr", ".cob", ".cbl", ".f90", ".asm", ".s", ".ps1", ".bat", ".cmd", ".vbs", ".sol", ".zig", ".nim", ".jl", ".pb", ".abap", ".4gl", ".svelte", ".coffee", ".jav", ".groovy",
    };

    public static bool Has(string path) => Endings.Contains(Path.GetExtension(path).ToLowerInvariant());
}
