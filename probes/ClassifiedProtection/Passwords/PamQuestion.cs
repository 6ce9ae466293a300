namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>Whether something holds on every way through a stack.</summary>
internal enum PamAnswer
{
    /// <summary>Whatever the modules nobody knows answer.</summary>
    Always,

    /// <summary>There is a way on which it does not, even if those modules were not there.</summary>
    No,

    /// <summary>It depends on modules or words nobody knows.</summary>
    Open,
}

/// <summary>Questions about a stack: asked once with modules nobody knows answering anything, once as if they were not there.</summary>
internal static class PamQuestion
{
    private const int Tried = 1;
    private const int Counted = 2;
    private const int Unchecked = 1;
    private const int Checked = 2;
    private const int Changed = 4;
    private static readonly string[] Locking = ["pam_faillock", "pam_tally2", "pam_tally"];

    /// <summary>Each wrong password is refused, and counted by the module that locks.</summary>
    public static PamAnswer CountsFailures(IReadOnlyList<PamEntry> auth) =>
        Holds(auth, Failing, e => !e.Succeeds && ((e.Memory & Tried) == 0 || (e.Memory & Counted) != 0));

    /// <summary>A locked account is refused though the password is right, by one of the two stacks.</summary>
    public static PamAnswer RefusesLocked(IReadOnlyList<PamEntry> auth, IReadOnlyList<PamEntry> account) =>
        Either(Holds(auth, Locked, e => !e.Succeeds), Holds(account, Locked, e => !e.Succeeds));

    /// <summary>A password that <paramref name="refusing"/> refuses is not set by pam_unix.</summary>
    public static PamAnswer Prevents(IReadOnlyList<PamEntry> password, PamEntry refusing) =>
        Holds(password, (e, memory, free) => Changing(e, memory, free, refusing), e => (e.Memory & Changed) == 0);

    /// <summary>Who is not in the group is refused, though the password of the target is known.</summary>
    public static PamAnswer LimitsToGroup(IReadOnlyList<PamEntry> auth, IReadOnlyList<PamEntry> account) =>
        Either(Holds(auth, Outside, e => !e.Succeeds), Holds(account, Outside, e => !e.Succeeds));

    /// <summary>A wrong password is refused.</summary>
    public static PamAnswer AsksPassword(IReadOnlyList<PamEntry> auth) => Holds(auth, Failing, e => !e.Succeeds);

    private static PamAnswer Either(PamAnswer one, PamAnswer other) =>
        one == PamAnswer.Always || other == PamAnswer.Always ? PamAnswer.Always : one == PamAnswer.Open || other == PamAnswer.Open ? PamAnswer.Open : PamAnswer.No;

    private static PamAnswer Holds(IReadOnlyList<PamEntry> stack, Func<PamEntry, int, bool, IEnumerable<PamStep>> answers, Func<PamEnd, bool> good)
    {
        if (PamWalk.Ends(stack, (e, m) => answers(e, m, true)) is not { } all)
        {
            return PamAnswer.Open;
        }

        // An empty stack refuses everybody.
        return all.All(good) ? PamAnswer.Always
            : PamWalk.Ends(stack, (e, m) => answers(e, m, false)) is { } sure && !sure.All(good) ? PamAnswer.No : PamAnswer.Open;
    }

    private static IEnumerable<PamStep> Steps(int memory, params IEnumerable<string> answers) => answers.Select(a => new PamStep(a, memory));

    private static IEnumerable<PamStep> Others(PamEntry entry, int memory, bool free) => Steps(memory, PamModules.Fixed(entry) ?? (free ? PamControl.Answers : ["ignore"]));

    private static IEnumerable<PamStep> Failing(PamEntry entry, int memory, bool free) => entry.Module switch
    {
        "pam_faillock" when Action(entry) == "preauth" => Steps(memory, "success", "ignore"),
        "pam_faillock" when Action(entry) == "authfail" => Steps(memory | Counted, "ignore"),
        "pam_faillock" when Action(entry) == "authsucc" => Steps(memory, "success", "ignore"),
        "pam_tally2" or "pam_tally" => Steps(memory | Counted, "success"),
        _ when PamModules.IsLocal(entry.Module) => Steps(memory | Tried, PamModules.Wrong),
        _ when PamModules.Verifies(entry.Module) => [.. Steps(memory | Tried, "auth_err", "perm_denied"), .. Steps(memory, "user_unknown", "authinfo_unavail", "ignore")],
        _ => Others(entry, memory, free),
    };

    private static IEnumerable<PamStep> Locked(PamEntry entry, int memory, bool free) => entry.Module switch
    {
        "pam_faillock" when entry.Type == "account" || Action(entry) is not null => Steps(memory, "auth_err", "perm_denied"),
        "pam_tally2" or "pam_tally" => Steps(memory, entry.Type == "auth" ? ["auth_err"] : ["success"]),
        _ when PamModules.Verifies(entry.Module) => Steps(memory, "success", "auth_err", "user_unknown", "ignore"),
        _ => Others(entry, memory, free),
    };

    /// <summary>The last word counts; without one the module does as it likes.</summary>
    private static string? Action(PamEntry entry) => entry.Arguments.LastOrDefault(a => a is "preauth" or "authfail" or "authsucc");

    private static IEnumerable<PamStep> Outside(PamEntry entry, int memory, bool free) => entry.Module switch
    {
        "pam_wheel" when !entry.Has("deny") && !entry.Has("trust") && !entry.Has("root_only") => Steps(memory, "perm_denied"),
        "pam_wheel" => Steps(memory, "ignore", "success"),
        "pam_faillock" or "pam_tally2" or "pam_tally" => Steps(memory, "success", "ignore"),
        _ when PamModules.Verifies(entry.Module) => Steps(memory, "success", "auth_err", "user_unknown", "ignore"),
        _ => Others(entry, memory, free),
    };

    /// <summary>A module that refuses a password forgets it; the next one that may asks for another.</summary>
    private static IEnumerable<PamStep> Changing(PamEntry entry, int memory, bool free, PamEntry refusing)
    {
        var (token, rest) = (memory & 3, memory & ~3);
        var bound = entry.Has("use_authtok") || entry.Has("use_first_pass");
        var asked = token == 0 && !bound ? Unchecked : token;
        if (ReferenceEquals(entry, refusing))
        {
            return Steps(rest, "authtok_err", "maxtries", "authtok_recover_err");
        }

        if (PamModules.IsLocal(entry.Module))
        {
            return asked == 0 ? Steps(memory, "authtok_err", "authtok_recover_err") : [.. Steps(rest | asked | Changed, "success"), .. Steps(memory, "authtok_err", "perm_denied")];
        }

        if (entry.Module is "pam_pwquality" or "pam_cracklib" or "pam_pwhistory")
        {
            return asked == 0 ? Steps(memory, "authtok_err") : [.. Steps(rest | asked, "success", "ignore"), .. Steps(rest, "authtok_err", "maxtries")];
        }

        if (Locking.Any(l => l == entry.Module) || PamModules.Fixed(entry) is not null)
        {
            return Others(entry, memory, free);
        }

        return PamModules.Verifies(entry.Module) || free ? Steps(rest | asked, PamControl.Answers) : Others(entry, memory, free);
    }
}
