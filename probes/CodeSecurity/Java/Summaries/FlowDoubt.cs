using System.Numerics;
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

    /// <summary>Holds of the way as a whole, at however many steps it is said.</summary>
    public const StepDoubt Once = StepDoubt.OwnCallers | StepDoubt.Unmade | StepDoubt.ForDevelopers;

    /// <summary>Says nothing of the way.</summary>
    private const StepDoubt Apart = StepDoubt.Segment | StepDoubt.Address | StepDoubt.OneLine | StepDoubt.Relined | StepDoubt.Cookie | StepDoubt.UploadName;

    /// <param name="flow">With or without a way.</param>
    /// <param name="weakness">It is.</param>
    /// <param name="lineOf">As of <see cref="OfWay"/>.</param>
    /// <param name="isDoubtedAround">What the tree says around it takes the harm from it, which is the same doubt as a kind of input that hardly leads there.</param>
    public static FlowDoubt Of(FoundFlow flow, FlowWeakness weakness, Func<CodePlace, int>? lineOf = null, bool isDoubtedAround = false)
    {
        var way = OfWay(flow, lineOf);
        return isDoubtedAround || Hardly(flow, weakness) is not null ? way with { Unsure = way.Unsure + 1 } : way;
    }

    /// <param name="flow">With or without a way.</param>
    /// <param name="lineOf">What happens in one line without a step elsewhere is one step; null where lines are not at hand and every step counts.</param>
    public static FlowDoubt OfWay(FoundFlow flow, Func<CodePlace, int>? lineOf = null)
    {
        var (isGuess, unsure, counted, whole) = (BeginsInTests(flow), flow.IsDoubted ? 1 : 0, default((string, int)?), StepDoubt.None);
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

    /// <summary>Nobody outside of tests sends it.</summary>
    public static bool BeginsInTests(FoundFlow flow) => flow.Way is { } way && TestCode.IsTest(way.First.Place.File);

    /// <summary>What it begins with hardly leads to the weakness, or it passed what leaves little of what is dangerous, and was not decoded again.</summary>
    /// <returns>What the tables say of that; null where it is not so.</returns>
    public static string? Hardly(FoundFlow flow, FlowWeakness weakness)
    {
        var ofCookies = weakness.Doubts.GetValueOrDefault(FlowCircumstance.Cookies);
        if (flow.Way is null || (weakness is { OfSegments: null, OfAddresses: null, OfLines: null } && ofCookies is null))
        {
            return null;
        }

        var (doubts, beginning) = (StepDoubt.None, flow.Way.First.Words.Doubt);
        for (var step = flow.Way; step is not null; step = step.Before)
        {
            doubts |= step.Words.Doubt;
        }

        return (doubts & StepDoubt.Relined) != StepDoubt.None ? null
            : (doubts & StepDoubt.OneLine) != StepDoubt.None && weakness.OfLines is { } ofLines ? ofLines
            : (beginning & StepDoubt.Segment) != StepDoubt.None && weakness.OfSegments is { } ofSegments ? ofSegments
            : (beginning & StepDoubt.Address) != StepDoubt.None && weakness.OfAddresses is { } ofAddresses ? ofAddresses
            : (beginning & StepDoubt.Cookie) != StepDoubt.None ? ofCookies : null;
    }
}
