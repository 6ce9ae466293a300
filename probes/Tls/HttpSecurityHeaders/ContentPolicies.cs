namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// What the enforced policies of an answer (CSP 3) leave open to scripts. Several policies all hold at once, so that something is open
/// only where every one leaves it open (§8.1).
/// </summary>
internal sealed class ContentPolicies
{
    private static readonly string[] Anywhere = ["*", "http:", "https:", "data:", "blob:", "http://*", "https://*"];

    private readonly List<string[]?> _scriptSources;

    private ContentPolicies(IEnumerable<string> policies) => _scriptSources = [.. policies.Select(ScriptSources)];

    /// <param name="values">Each field of the answer; a comma joins several policies in one (RFC 9110 §5.6.1).</param>
    /// <returns>Null where none is enforced.</returns>
    public static ContentPolicies? Of(IReadOnlyList<string> values)
    {
        var policies = values.SelectMany(v => v.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToList();
        return policies.Count == 0 ? null : new ContentPolicies(policies);
    }

    /// <summary>Scripts written into the page run; a nonce, a hash or strict-dynamic takes 'unsafe-inline' back (§6.7.3.2).</summary>
    public bool AllowsInlineScripts => _scriptSources.TrueForAll(s =>
        s is null || (s.Contains("'unsafe-inline'") && !s.Any(w => w.StartsWith("'nonce-", StringComparison.Ordinal) || w.StartsWith("'sha", StringComparison.Ordinal) || w == "'strict-dynamic'")));

    /// <summary>Text is run as a script.</summary>
    public bool AllowsEval => _scriptSources.TrueForAll(s => s is null || s.Contains("'unsafe-eval'"));

    /// <summary>Scripts come from anywhere.</summary>
    public bool AllowsScriptsFromAnywhere => _scriptSources.TrueForAll(s => s is null || (s.Any(Anywhere.Contains) && !s.Contains("'strict-dynamic'")));

    /// <summary>Of script-src, else of default-src; null where the policy has neither and so says nothing of scripts. The first of two alike counts.</summary>
    private static string[]? ScriptSources(string policy)
    {
        var directives = policy.Split(';').Select(d => d.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)).Where(w => w.Length > 0).ToList();
        var found = directives.Find(w => w[0].Equals("script-src", StringComparison.OrdinalIgnoreCase)) ?? directives.Find(w => w[0].Equals("default-src", StringComparison.OrdinalIgnoreCase));
        return found is null ? null : [.. found.Skip(1).Select(w => w.ToLowerInvariant())];
    }
}
