using System.Runtime.InteropServices;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>How far the way of a flow may be none: which of several is told and how sure it is go by the same doubts. The less of it, the smaller.</summary>
/// <param name="IsGuess">What happens at a step makes a guess of it.</param>
/// <param name="Unsure">Checks that were not understood, steps that may have ended it, and a kind of input that hardly leads to the weakness.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FlowDoubt(bool IsGuess, int Unsure)
{
    /// <summary>Each of these alone is enough; of the others it counts how many there are.</summary>
    private const StepDoubt Grave = StepDoubt.Rewritten | StepDoubt.UnknownVersion | StepDoubt.Permitted | StepDoubt.Uncalled;

    /// <summary>Says nothing of the way.</summary>
    private const StepDoubt Apart = StepDoubt.Segment | StepDoubt.Address | StepDoubt.OneLine | StepDoubt.Relined;

    /// <param name="flow">With or without a way.</param>
    /// <param name="weakness">It is.</param>
    /// <param name="lineOf">What happens in one line without a step elsewhere is one step; null where lines are not at hand and every step counts.</param>
    public static FlowDoubt Of(FoundFlow flow, FlowWeakness weakness, Func<CodePlace, int>? lineOf = null)
    {
        var (isGuess, unsure, counted) = (BeginsInTests(flow), (flow.IsDoubted ? 1 : 0) + (Hardly(flow, weakness) is null ? 0 : 1), default((string, int)?));
        for (var step = flow.Way; step is not null; step = step.Before)
        {
            isGuess |= (step.Words.Doubt & Grave) != StepDoubt.None;
            var isUnsure = (step.Words.Doubt & ~(Grave | Apart)) != StepDoubt.None;
            (string, int)? line = lineOf is null || (!isUnsure && counted is null) ? null : (step.Place.File, lineOf(step.Place));
            unsure += isUnsure && (line is null || counted != line) ? 1 : 0;
            counted = isUnsure || counted == line ? line : null;
        }

        return new FlowDoubt(isGuess, unsure);
    }

    /// <summary>To compare by.</summary>
    public (bool IsGuess, int Unsure) Weight => (IsGuess, Unsure);

    /// <summary>Nobody outside of tests sends it.</summary>
    public static bool BeginsInTests(FoundFlow flow) => BeginningOf(flow) is { } beginning && TestCode.IsTest(beginning.Place.File);

    /// <summary>What it begins with hardly leads to the weakness, or it passed what leaves little of what is dangerous, and was not decoded again.</summary>
    /// <returns>What the tables say of that; null where it is not so.</returns>
    public static string? Hardly(FoundFlow flow, FlowWeakness weakness)
    {
        if (weakness is { OfSegments: null, OfAddresses: null, OfLines: null })
        {
            return null;
        }

        var (doubts, beginning) = (StepDoubt.None, StepDoubt.None);
        for (var step = flow.Way; step is not null; step = step.Before)
        {
            (doubts, beginning) = (doubts | step.Words.Doubt, step.Words.Doubt);
        }

        return (doubts & StepDoubt.Relined) != StepDoubt.None ? null
            : (doubts & StepDoubt.OneLine) != StepDoubt.None && weakness.OfLines is { } ofLines ? ofLines
            : (beginning & StepDoubt.Segment) != StepDoubt.None && weakness.OfSegments is { } ofSegments ? ofSegments
            : (beginning & StepDoubt.Address) != StepDoubt.None ? weakness.OfAddresses : null;
    }

    private static TaintStep? BeginningOf(FoundFlow flow)
    {
        var first = flow.Way;
        while (first?.Before is { } before)
        {
            first = before;
        }

        return first;
    }
}
