using System.Globalization;
using System.Runtime.InteropServices;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>What libpam does with the answer of a module.</summary>
internal enum PamVerb
{
    Ignore,
    Bad,
    Die,
    Ok,
    Done,
    Reset,

    /// <summary>Some of the next modules are passed over.</summary>
    Jump,
}

/// <summary>One action; <c>Over</c> is the number of modules of a jump.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PamAction(PamVerb Verb, int Over = 0);

/// <summary>The second word of a line of PAM: a keyword, or a bracketed list of answers and actions (pam.conf(5)).</summary>
internal sealed class PamControl
{
    private const int JumpCap = 1000;

    private static readonly Dictionary<string, string> Keywords = new(StringComparer.Ordinal)
    {
        ["required"] = "success=ok new_authtok_reqd=ok ignore=ignore default=bad",
        ["requisite"] = "success=ok new_authtok_reqd=ok ignore=ignore default=die",
        ["sufficient"] = "success=done new_authtok_reqd=done default=ignore",
        ["optional"] = "success=ok new_authtok_reqd=ok default=ignore",
    };

    private readonly Dictionary<string, PamAction> _actions;

    private PamControl(Dictionary<string, PamAction> actions) => _actions = actions;

    /// <summary>All answers a module may give, as brackets name them.</summary>
    public static IReadOnlyList<string> Answers { get; } =
    [
        "success", "open_err", "symbol_err", "service_err", "system_err", "buf_err", "perm_denied", "auth_err", "cred_insufficient", "authinfo_unavail", "user_unknown", "maxtries",
        "new_authtok_reqd", "acct_expired", "session_err", "cred_unavail", "cred_expired", "cred_err", "no_module_data", "conv_err", "authtok_err", "authtok_recover_err",
        "authtok_lock_busy", "authtok_disable_aging", "try_again", "ignore", "abort", "authtok_expired", "module_unknown", "bad_item", "conv_again", "incomplete",
    ];

    /// <summary>An answer no bracket names has the action of <c>default</c>; without one it is bad.</summary>
    public PamAction On(string answer) => _actions.TryGetValue(answer, out var own) ? own : _actions.GetValueOrDefault("default", new PamAction(PamVerb.Bad));

    /// <returns>Null where the word is none of PAM's.</returns>
    public static PamControl? Of(string word)
    {
        if (word is not ['[', .., ']'])
        {
            return Keywords.TryGetValue(word.ToLowerInvariant(), out var meaning) ? Of($"[{meaning}]") : null;
        }

        var actions = new Dictionary<string, PamAction>(StringComparer.Ordinal);
        foreach (var pair in word[1..^1].Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (pair.Split('=') is not [var answer, var action] || !(answer == "default" || Answers.Contains(answer, StringComparer.Ordinal)) || Action(action) is not { } known)
            {
                return null;
            }

            actions[answer] = known;
        }

        return actions.Count == 0 ? null : new PamControl(actions);
    }

    private static PamAction? Action(string word) => word switch
    {
        "ignore" => new PamAction(PamVerb.Ignore),
        "ok" => new PamAction(PamVerb.Ok),
        "done" => new PamAction(PamVerb.Done),
        "bad" => new PamAction(PamVerb.Bad),
        "die" => new PamAction(PamVerb.Die),
        "reset" => new PamAction(PamVerb.Reset),
        _ => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var over) && over is > 0 and < JumpCap ? new PamAction(PamVerb.Jump, over) : null,
    };
}
