using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Pages a container or framework shows for an error, with the text a program gave.</summary>
internal static partial class ErrorPages
{
    /// <summary>One of them shows the text as it is.</summary>
    public static bool PrintTexts(IEnumerable<KeyValuePair<string, string>> pages) => pages.Any(p => PageKinds.Of(p.Key) switch
    {
        PageKind.Jsp => p.Value.Split('\n').Any(l => OfServlets().IsMatch(l) && !Escaping().IsMatch(l)),
        PageKind.Thymeleaf => IsOfErrors().IsMatch(p.Key) && OfThymeleaf().IsMatch(p.Value),
        PageKind.FreeMarker => IsOfErrors().IsMatch(p.Key) && p.Key.EndsWith(".ftl", StringComparison.OrdinalIgnoreCase) && OfFreeMarker().IsMatch(p.Value),
        PageKind.Mustache => IsOfErrors().IsMatch(p.Key) && OfMustache().IsMatch(p.Value),
        _ => false,
    });

    [GeneratedRegex(@"(?:javax|jakarta)\.servlet\.error\.message", RegexOptions.NonBacktracking)]
    private static partial Regex OfServlets();

    [GeneratedRegex("c:out|escape|encode", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Escaping();

    [GeneratedRegex(@"(?:^|/)error(?:/[^/]*|[^/]*)$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex IsOfErrors();

    [GeneratedRegex(@"th:utext\s*=\s*[""']\$\{message\}|\[\(\$\{message\}\)\]", RegexOptions.NonBacktracking)]
    private static partial Regex OfThymeleaf();

    [GeneratedRegex(@"\$\{message(?:!|\})", RegexOptions.NonBacktracking)]
    private static partial Regex OfFreeMarker();

    [GeneratedRegex(@"\{\{\{\s*message\s*\}\}\}|\{\{&\s*message\s*\}\}", RegexOptions.NonBacktracking)]
    private static partial Regex OfMustache();
}
