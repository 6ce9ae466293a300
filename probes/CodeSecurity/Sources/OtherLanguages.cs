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
        ".ipynb", ".cgi", ".fcgi", ".tpl", ".pug", ".jade", ".ejs", ".jinja", ".jinja2", ".j2", ".erb", ".haml", ".slim", ".twig", ".mustache", ".liquid", ".astro", ".marko", ".mdx", ".ls", ".elm",
        ".rake", ".gemspec", ".cr", ".hta", ".wsf", ".wsc", ".jse", ".psm1", ".psd1", ".cfm", ".cfc", ".tcl", ".d", ".ml", ".mli", ".fsx", ".fsi", ".lisp", ".el", ".scm", ".rkt", ".cljs", ".cljc",
        ".kjs", ".hx", ".vala", ".cu", ".cuh", ".ino", ".qml", ".gd", ".gs", ".trigger", ".for", ".f", ".f77", ".f95", ".adb", ".ads", ".v", ".vhd", ".sv", ".awk", ".nut", ".mojo", ".xq", ".xquery",
    };

    public static bool Has(string path) => Endings.Contains(Path.GetExtension(path).ToLowerInvariant());
}
