namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>One answer of a module, and what is remembered after it.</summary>
internal readonly record struct PamStep(string Answer, int Memory);

/// <summary>One way through a stack: what the application is told, and what was remembered.</summary>
internal readonly record struct PamEnd(bool Succeeds, int Memory);

/// <summary>All ways through a stack of modules whose answers are only partly known, as _pam_dispatch_aux() of libpam goes.</summary>
internal static class PamWalk
{
    private const int StateCap = 50_000;

    /// <param name="stack">Of one type.</param>
    /// <param name="answers">What a module may answer, given what is remembered.</param>
    /// <returns>Null where a control is not understood or the ways are too many.</returns>
    public static IReadOnlySet<PamEnd>? Ends(IReadOnlyList<PamEntry> stack, Func<PamEntry, int, IEnumerable<PamStep>> answers)
    {
        var ends = new HashSet<PamEnd>();
        if (stack.Count == 0)
        {
            return ends;
        }

        var seen = new HashSet<State>();
        var open = new Stack<State>();
        open.Push(new State(0, 0, 0, false, 0, ""));
        while (open.TryPop(out var state))
        {
            if (state.At >= stack.Count)
            {
                ends.Add(new PamEnd(state is { IsSuccess: true, Impression: > 0 }, state.Memory));
                continue;
            }

            if (!seen.Add(state))
            {
                continue;
            }

            if (seen.Count > StateCap || (!stack[state.At].IsMark && stack[state.At].Control is null))
            {
                return null;
            }

            foreach (var next in Next(stack, state, answers))
            {
                open.Push(next);
            }
        }

        return ends;
    }

    private static IEnumerable<State> Next(IReadOnlyList<PamEntry> stack, State state, Func<PamEntry, int, IEnumerable<PamStep>> answers)
    {
        var entry = stack[state.At];
        if (entry.Level > state.Level)
        {
            state = state with { Saved = state.Saved.PadRight(entry.Level, Kept(0, false))[..entry.Level] + Kept(state.Impression, state.IsSuccess) };
        }

        state = state with { Level = entry.Level };
        return entry.IsMark ? [state with { At = state.At + 1 }] : answers(entry, state.Memory).Select(s => After(stack, state with { Memory = s.Memory }, entry.Control!.On(s.Answer), s.Answer)).Distinct();
    }

    private static State After(IReadOnlyList<PamEntry> stack, State state, PamAction action, string answer)
    {
        var next = state with { At = state.At + 1 };
        switch (action.Verb)
        {
            case PamVerb.Reset:
                var kept = state.Level > 0 ? state.Saved[state.Level] : Kept(0, false);
                return next with { Impression = (kept >> 1) - 2, IsSuccess = (kept & 1) != 0 };
            case PamVerb.Ok or PamVerb.Done:
                if (state.Impression == 0 || state is { Impression: > 0, IsSuccess: true })
                {
                    next = next with { Impression = 1, IsSuccess = answer == "success" };
                }

                return action.Verb == PamVerb.Done && next.Impression > 0 ? next with { At = Past(stack, state.At) } : next;
            case PamVerb.Bad or PamVerb.Die:
                next = next with { Impression = -1, IsSuccess = state.Impression < 0 && state.IsSuccess };
                return action.Verb == PamVerb.Die ? next with { At = Past(stack, state.At) } : next;
            case PamVerb.Jump:
                return Jumped(stack, state, action.Over);
            default:
                return next;
        }
    }

    /// <summary>A substack counts as one; a jump past the end spoils the stack.</summary>
    private static State Jumped(IReadOnlyList<PamEntry> stack, State state, int over)
    {
        var (at, level) = (state.At, stack[state.At].Level);
        while (at + 1 < stack.Count && stack[at + 1].Level >= level && over > 0)
        {
            do
            {
                at++;
            }
            while (at + 1 < stack.Count && stack[at + 1].Level > level);
            over--;
        }

        var next = state with { At = at + 1 };
        return over > 0 ? next with { Impression = -1, IsSuccess = false } : next;
    }

    /// <summary>Behind the rest of this substack.</summary>
    private static int Past(IReadOnlyList<PamEntry> stack, int at)
    {
        var level = stack[at].Level;
        while (at + 1 < stack.Count && stack[at + 1].Level >= level)
        {
            at++;
        }

        return at + 1;
    }

    private static char Kept(int impression, bool isSuccess) => (char)(((impression + 2) << 1) | (isSuccess ? 1 : 0));

    /// <param name="At">The next module.</param>
    /// <param name="Level">Of the module before.</param>
    /// <param name="Impression">-1 refused, 0 nothing yet, 1 agreed.</param>
    /// <param name="IsSuccess">The status is PAM_SUCCESS.</param>
    /// <param name="Memory">Of the question.</param>
    /// <param name="Saved">What each substack began with.</param>
    private readonly record struct State(int At, int Level, int Impression, bool IsSuccess, int Memory, string Saved);
}
