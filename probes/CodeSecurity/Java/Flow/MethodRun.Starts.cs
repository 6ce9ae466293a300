using System.Globalization;
using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>How texts begin: whoever only chooses what stands behind the host of an address does not choose where it leads.</summary>
internal sealed partial class MethodRun
{
    private const int LongestStart = 200;

    /// <summary>Stands for a piece of text that is not known.</summary>
    public const char Some = '\u0001';

    private const string SomeText = "\u0001";

    [GeneratedRegex("^(?:redirect:|forward:)?(?:[A-Za-z\u0001][A-Za-z0-9+.\u0001-]*://[^/?#]+[/?#]|\u0001[^/?#:]*(?::[0-9\u0001][^/?#:]*)?[/?#]|/[A-Za-z0-9_.?#-]|[A-Za-z0-9_-]+/)", RegexOptions.NonBacktracking)]
    private static partial Regex BeyondHost();

    /// <summary>As above, also where what is not known is empty: two slashes would begin another host.</summary>
    [GeneratedRegex("^(?:redirect:|forward:)?(?:[A-Za-z\u0001][A-Za-z0-9+.\u0001-]*://[^/?#]+[/?#]|\u0001[^/?#:]*(?::[0-9\u0001][^/?#:]*)?(?:/[A-Za-z0-9_.?#-]|[?#])|/[A-Za-z0-9_.?#-]|[A-Za-z0-9_-]+/)", RegexOptions.NonBacktracking)]
    private static partial Regex BeyondSlashes();

    /// <summary>Begins with something that is not known, or has it where the host stands.</summary>
    [GeneratedRegex("^(?:redirect:|forward:)?(?:[A-Za-z][A-Za-z0-9+.-]*://)?\u0001", RegexOptions.NonBacktracking)]
    private static partial Regex Headed();

    /// <summary>How an answer of a program to a program begins.</summary>
    [GeneratedRegex("^\\s*(?:\\{\\s*[\"'}]|\\[\\s*[\\{\"\\]])", RegexOptions.NonBacktracking)]
    private static partial Regex Json();

    /// <summary>A browser that is told no kind takes it for no page.</summary>
    public static bool IsJson(FlowValue value) => Json().IsMatch(StartOf(value));

    [GeneratedRegex(@"%(?:\d+\$)?[a-zA-Z]|\{\d*\}", RegexOptions.NonBacktracking)]
    private static partial Regex Gap();

    [GeneratedRegex("^/[A-Za-z0-9_.-]+/", RegexOptions.NonBacktracking)]
    private static partial Regex InFolder();

    /// <summary>Behind a folder of the program's own, pieces of the address of a request, which a container has straightened, lead to no other.</summary>
    private TaintMark[] Dispatched(CallSite site, int place) => MarksAt(site, place) is { Length: > 0 } marks && ValueAt(site, place) is { } value && InFolder().IsMatch(StartOf(value))
        ? Array.FindAll(marks, m => m.Origin is not ForeignOrigin { IsAddress: true })
        : MarksAt(site, place);

    private static string StartOf(FlowValue value) => value.Constant switch
    {
        string text => text,
        char sign => sign.ToString(),
        long number => number.ToString(CultureInfo.InvariantCulture),
        _ => value.Start ?? SomeText,
    };

    /// <summary>An address of one of several hosts, each of which is known.</summary>
    public static string? OfHosts(string a, string b) =>
        Address().Match(a) is { Success: true, Length: var one } && Address().Match(b) is { Success: true, Length: var other } && a[..one].IndexOf(Some) < 0 && b[..other].IndexOf(Some) < 0 && Scheme(a) == Scheme(b)
            ? $"{Scheme(a)}://{SomeText}/{SomeText}" : null;

    private static string Scheme(string address) => address[..address.IndexOf(':', StringComparison.Ordinal)];

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9+.-]*://[^/?#]+/", RegexOptions.NonBacktracking)]
    private static partial Regex Address();

    /// <summary>What they are given stands behind a question mark, whatever the rest of the address is.</summary>
    private static readonly HashSet<string> Querying = new(StringComparer.Ordinal)
        { "queryParam", "queryParams", "queryParamIfPresent", "replaceQueryParam", "replaceQuery", "addQueryParameter", "addEncodedQueryParameter", "setQueryParameter", "addParameter", "setParameter" };

    private static readonly HashSet<string> Builders = new(StringComparer.Ordinal)
        { "org.springframework.web.util.UriComponentsBuilder", "org.springframework.web.servlet.support.ServletUriComponentsBuilder", "okhttp3.HttpUrl.Builder", "org.apache.http.client.utils.URIBuilder", "org.apache.hc.core5.net.URIBuilder" };

    private static string Started(string text) => text.Length <= LongestStart ? text : text[..LongestStart];

    /// <summary>What stands behind a beginning.</summary>
    private TaintMark[] Behind(string start, TaintMark[] marks)
    {
        if (marks.Length == 0 || start.Length is 0 or > LongestStart + 1)
        {
            return marks;
        }

        if (!BeyondHost().IsMatch(start))
        {
            return Headed().IsMatch(start) ? TaintMarks.Clean(marks, ApiIndex.Headed) : marks;
        }

        var redirect = _apis.BitOf("redirect");
        return TaintMarks.Clean(marks, BeyondSlashes().IsMatch(start) || redirect < 0 ? _apis.Hosts : _apis.Hosts & ~(1UL << redirect));
    }

    /// <summary>Values that are put into the gaps of a text that is known.</summary>
    private CallSite Filled(CallSite site)
    {
        if (site.Name is "format" or "formatted" or "valueOf" && site.Arguments.Any(a => _program.Mute.Has(a.Type)))
        {
            site = site with { Arguments = [.. site.Arguments.Select(a => _program.Mute.Has(a.Type) ? FlowValue.OfType(a.Type) : a)] };
        }

        if (Querying.Contains(site.Name) && _apis.Hosts != 0 && site.Receiver?.Type is { } builder && Builders.Contains(builder))
        {
            return site with { Arguments = [.. site.Arguments.Select(v => v.WithMarks(TaintMarks.Clean(v.Marks, _apis.Hosts)))] };
        }

        var (form, first) = site.Name == "formatted" ? (site.Receiver, 0) : (At(site, 0), 1);
        if (site.Name is not ("format" or "formatted") || form is null)
        {
            return site;
        }

        var filled = site.Arguments.ToArray();
        if (form is { Constant: null, Start: { } start })
        {
            // One of several texts: what they begin with they say before any gap.
            var known = Gap().Match(start) is { Success: true, Index: var at } ? start[..at] : start;
            for (var i = first; i < filled.Length; i++)
            {
                filled[i] = filled[i].WithMarks(Behind(known, filled[i].Marks));
            }

            return site with { Arguments = filled };
        }

        if (form.Constant is not string { Length: <= LongestStart } text || Gap().Matches(text) is not { } gaps || gaps.Count != site.Arguments.Count - first)
        {
            return site;
        }

        for (var i = first; i < filled.Length; i++)
        {
            filled[i] = filled[i].WithMarks(Behind(Gap().Replace(text[..gaps[i - first].Index], SomeText), filled[i].Marks));
        }

        return site with { Arguments = filled };
    }
}
