namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>A page as a class of Java that fills it in.</summary>
/// <param name="Path">Of the page, relative to the tree.</param>
/// <param name="Type">Full name of the class.</param>
/// <param name="Java">Its text.</param>
/// <param name="Map">Back to the page.</param>
/// <param name="Unknown">What of it was not understood, with the place; empty where all was.</param>
internal sealed record TranslatedPage(string Path, string Type, string Java, PageMap Map, IReadOnlyList<(CodePlace Place, string Why)> Unknown)
{
    /// <summary>Method that fills it in: the request with its attributes, and the response.</summary>
    public const string Fill = "fill";

    /// <summary>Class of calls that stand for what a template does.</summary>
    public const string Values = "view$.Values";

    public const string Request = "javax.servlet.http.HttpServletRequest";
}
