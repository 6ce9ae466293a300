using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What the text of an exception can tell, by what was attempted.</summary>
internal sealed partial class MethodRun
{
    /// <summary>Stands in beginnings that say no more than what was wrong with what the sender himself sent.</summary>
    public const string OfReading = "只出在读入或解析，未必有内部信息";

    [GeneratedRegex("^(?:parse|read|unmarshal|deserialize|decode)[A-Za-z]*$|^(?:xml|json|str|string|text)To[A-Z][A-Za-z]*$|^from(?:Json|Xml|JSON|XML)$|^to(?:Bean|Map|List|Object)$", RegexOptions.NonBacktracking)]
    private static partial Regex Reading();

    [GeneratedRegex("^(?:getInputStream|getReader|getBytes|getParameter|getCharacterEncoding|getContentLength|toString|trim|valueOf|length|close|isEmpty|isBlank)$", RegexOptions.NonBacktracking)]
    private static partial Regex Fetches();

    /// <summary>The exception was caught where nothing was done but to read what came in.</summary>
    private bool IsOfReading(CallSite site) => site.ReceiverSyntax is JavaName { Name: var caught }
        && JavaWalk.All(_uses.Code).OfType<JavaTry>().Any(t => t.Catches.Any(c => c.Name == caught && c.Body.Span.Start <= site.Span.Start && site.Span.Start < c.Body.Span.End) && OnlyReads(t));

    private static bool OnlyReads(JavaTry attempt)
    {
        var isRead = false;
        foreach (var call in attempt.Resources.SelectMany(JavaWalk.All).Concat(JavaWalk.All(attempt.Body)).OfType<JavaCall>())
        {
            var reads = Reading().IsMatch(call.Name) || (call is { Name: "toString", Arguments.Length: > 0 });
            if (!reads && !Fetches().IsMatch(call.Name))
            {
                return false;
            }

            isRead |= reads;
        }

        return isRead;
    }
}
