using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// What the enforced policies of an answer (CSP 3) leave open. Several policies all hold at once, so that something is open only where
/// every one leaves it open (§8.1).
/// </summary>
internal sealed partial class ContentPolicies
{
    private static readonly string[] NetworkSchemes = ["http:", "https:", "ws:", "wss:", "ftp:"];
    private static readonly string[] InPageSchemes = ["data:", "blob:", "filesystem:"];

    /// <summary>Directives that limit something (CSP 3 §6, and those of other specifications); a policy of none of them is no policy.</summary>
    private static readonly string[] Limiting =
    [
        "default-src", "script-src", "script-src-elem", "script-src-attr", "style-src", "style-src-elem", "style-src-attr", "img-src", "connect-src", "font-src", "object-src", "media-src", "frame-src", "child-src",
        "worker-src", "manifest-src", "base-uri", "sandbox", "form-action", "frame-ancestors", "upgrade-insecure-requests", "block-all-mixed-content", "require-trusted-types-for", "trusted-types",
    ];

    private readonly List<List<string[]>> _policies;

    private ContentPolicies(List<List<string[]>> policies) => _policies = policies;

    /// <param name="values">Each field of the answer; a comma joins several policies in one (RFC 9110 §5.6.1).</param>
    /// <returns>Null where none is enforced that limits anything.</returns>
    public static ContentPolicies? Of(IReadOnlyList<string> values)
    {
        var policies = values.SelectMany(v => v.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Select(Directives).Where(p => p.Exists(d => Limiting.Contains(d[0], StringComparer.OrdinalIgnoreCase))).ToList();
        return policies.Count == 0 ? null : new ContentPolicies(policies);
    }

    /// <summary>Scripts written into the page run, as elements or as attributes of others (§6.7.3.2).</summary>
    public bool AllowsInlineScripts => AllowsInline("script-src-elem") || AllowsInline("script-src-attr");

    /// <summary>Text is run as a script; only script-src and default-src speak of it.</summary>
    public bool AllowsEval => _policies.TrueForAll(p => Sources(p, "script-src", "default-src") is not { } s || s.Contains("'unsafe-eval'"));

    /// <summary>Scripts come from anywhere.</summary>
    public bool AllowsScriptsFromAnywhere => _policies.TrueForAll(p =>
        Sources(p, "script-src-elem", "script-src", "default-src") is not { } s || (!s.Contains("'strict-dynamic'") && s.Any(w => IsAnywhere(w) || InPageSchemes.Contains(w))));

    /// <summary>Of the first policy that has the directive and limits it, else of the first that has it; null without.</summary>
    public IReadOnlyList<string>? FrameAncestors
    {
        get
        {
            var all = _policies.Select(p => Sources(p, "frame-ancestors")).OfType<string[]>().ToList();
            return all.Find(s => !s.Any(IsAnywhere)) ?? all.FirstOrDefault();
        }
    }

    /// <summary>Every policy that speaks of frames lets anybody in; null where none speaks of them.</summary>
    public bool? FramedFromAnywhere => FrameAncestors?.Any(IsAnywhere);

    /// <summary>A nonce, a hash or strict-dynamic takes 'unsafe-inline' back; what is none of these in form does nothing.</summary>
    private bool AllowsInline(string directive) => _policies.TrueForAll(p =>
        Sources(p, directive, "script-src", "default-src") is not { } s || (s.Contains("'unsafe-inline'") && !s.Any(w => Taken().IsMatch(w) || w == "'strict-dynamic'")));

    /// <summary>A scheme alone, or a host that is nothing but a star or all names of a top domain, whatever its scheme, port and path.</summary>
    private static bool IsAnywhere(string source)
    {
        if (NetworkSchemes.Contains(source))
        {
            return true;
        }

        var host = source.IndexOf("://", StringComparison.Ordinal) is >= 0 and var at ? source[(at + 3)..] : source;
        host = host.Split('/')[0].Split(':')[0];
        return host == "*" || (host.StartsWith("*.", StringComparison.Ordinal) && !host[2..].Contains('.', StringComparison.Ordinal));
    }

    /// <summary>The first directive of a name counts, and of the names the first that is there; null where none is and the policy says nothing of it.</summary>
    private static string[]? Sources(List<string[]> policy, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (policy.Find(w => w[0].Equals(name, StringComparison.OrdinalIgnoreCase)) is { } found)
            {
                return [.. found.Skip(1).Select(w => w.StartsWith("'nonce-", StringComparison.OrdinalIgnoreCase) || w.StartsWith("'sha", StringComparison.OrdinalIgnoreCase) ? w : w.ToLowerInvariant())];
            }
        }

        return null;
    }

    private static List<string[]> Directives(string policy) =>
        [.. policy.Split(';').Select(d => d.Split([' ', '\t', '\r', '\n', '\f'], StringSplitOptions.RemoveEmptyEntries)).Where(w => w.Length > 0)];

    [GeneratedRegex("^'(nonce|sha256|sha384|sha512)-[A-Za-z0-9+/_-]+={0,2}'$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Taken();
}
