namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Writers whose text a browser shows, behind types that do not say so.</summary>
internal static class PageWriters
{
    private static readonly string[] Shown = ["javax.servlet.ResponseWriter", "javax.servlet.jsp.JspWriter"];
    private static readonly string[] Plain = ["java.io.PrintWriter", "java.io.Writer", "java.lang.Appendable"];

    /// <returns>What something of a plain type is, where that is a writer of a page; else null.</returns>
    /// <param name="type">Full name of the type of a value.</param>
    /// <param name="declared">Full name of the type of what it is put into.</param>
    public static string? Narrower(string? type, string? declared) => type is not null && IsPlain(declared) && Array.IndexOf(Shown, type) >= 0 ? type : null;

    public static bool IsPlain(string? type) => type is not null && Array.IndexOf(Plain, type) >= 0;
}
