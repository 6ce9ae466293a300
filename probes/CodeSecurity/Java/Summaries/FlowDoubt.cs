using System.Numerics;
using System.Runtime.InteropServices;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>How far the way of a flow may be none: which of several is told and how sure it is go by the same doubts. The less of it, the smaller.</summary>
/// <param name="IsGuess">What happens at a step makes a guess of it.</param>
/// <param name="Unsure">Checks that were not understood, and steps that may have ended it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FlowDoubt(bool IsGuess, int Unsure)
{
    /// <summary>Each of these alone is enough; of the others it counts how many there are.</summary>
    private const StepDoubt Grave = StepDoubt.Rewritten | StepDoubt.UnknownVersion | StepDoubt.Permitted | StepDoubt.Uncalled;

    /// <summary>Holds of the way as a whole, at however many steps it is said.</summary>
    public const StepDoubt Once = StepDoubt.OwnCallers | StepDoubt.Unmade | StepDoubt.ForDevelopers;

    /// <summary>Says nothing of the way.</summary>
    private const StepDoubt Apart = StepDoubt.Segment | StepDoubt.Address | StepDoubt.OneLine | StepDoubt.Relined | StepDoubt.Cookie | StepDoubt.UploadName;

    /// <param name="flow">With or without a way.</param>
    /// <param name="lineOf">What happens in one line without a step elsewhere is one step; null where lines are not at hand and every step counts.</param>
    public static FlowDoubt Of(FoundFlow flow, Func<CodePlace, int>? lineOf = null)
    {
        var (isGuess, unsure, counted, whole) = (false, flow.IsDoubted ? 1 : 0, default((string, int)?), StepDoubt.None);
        if (flow.Way is null or { Guesses: 0, Unsure: 0 })
        {
            return new FlowDoubt(isGuess, unsure);
        }

        for (var step = flow.Way; step is not null; step = step.Before)
        {
            isGuess |= IsGuessed(step.Words.Doubt);
            whole |= step.Words.Doubt & Once;
            var isUnsure = IsUnsure(step.Words.Doubt & ~Once);
            (string, int)? line = lineOf is null || (!isUnsure && counted is null) ? null : (step.Place.File, lineOf(step.Place));
            unsure += isUnsure && (line is null || counted != line) ? 1 : 0;
            counted = isUnsure || counted == line ? line : null;
        }

        return new FlowDoubt(isGuess, unsure + Count(whole));
    }

    /// <summary>The step makes a guess of the way.</summary>
    public static bool IsGuessed(StepDoubt doubt) => (doubt & Grave) != StepDoubt.None;

    /// <summary>It may have ended the way, or the way as a whole is doubted.</summary>
    public static bool IsUnsure(StepDoubt doubt) => (doubt & ~(Grave | Apart)) != StepDoubt.None;

    /// <summary>Doubts of the whole way among those of a step.</summary>
    public static int Count(StepDoubt doubt) => BitOperations.PopCount((uint)(doubt & Once));

    /// <summary>To compare by.</summary>
    public (bool IsGuess, int Unsure) Weight => (IsGuess, Unsure);
}
