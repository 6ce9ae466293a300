using System.Runtime.InteropServices;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>How sure a flow is. Which of several is told, which of several places speaks for the rest and what confidence is written down all go by it.</summary>
/// <param name="Confidence">Of the defect it is told as.</param>
/// <param name="IsForPeople">Low for one reason alone that people can look into.</param>
/// <param name="HasWay">It comes from somewhere.</param>
/// <param name="Trust">Who can choose what flows.</param>
/// <param name="Doubt">About its way.</param>
/// <param name="Length">Steps of its way.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FlowSureness(CodeConfidence Confidence, bool IsForPeople, bool HasWay, FlowTrust Trust, FlowDoubt Doubt, int Length)
{
    /// <param name="flow">With or without a way.</param>
    /// <param name="weakness">It is.</param>
    /// <param name="lineOf">As of <see cref="FlowDoubt.Of"/>.</param>
    /// <param name="isDoubtedAround">As there; what the tree says is known when all flows are.</param>
    public static FlowSureness Of(FoundFlow flow, FlowWeakness weakness, Func<CodePlace, int>? lineOf, bool isDoubtedAround = false)
    {
        var doubt = FlowDoubt.Of(flow, weakness, lineOf, isDoubtedAround);
        var (confidence, isForPeople) = Weigh(flow, weakness, doubt, isDoubtedAround);
        return new FlowSureness(confidence, isForPeople, flow.Way is not null, flow.Trust, doubt, flow.Way?.Length ?? 0);
    }

    /// <summary>The surer one; of equally sure ones that of what a stranger can choose most easily, then the one that is doubted least, then the shortest.</summary>
    public bool IsMoreThan(FlowSureness other) =>
        (Level, HasWay, Trust, other.Doubt.Weight, other.Length).CompareTo((other.Level, other.HasWay, other.Trust, Doubt.Weight, Length)) > 0;

    /// <summary>What is to be said of it counts as more, whatever its way looks like.</summary>
    public bool IsSurerThan(FlowSureness other) => Level.CompareTo(other.Level) > 0;

    private (CodeConfidence, bool) Level => (Confidence, IsForPeople);

    /// <summary>High confidence is earned: where the value passed a check or a library nobody knows, or lay in a database, most of what readers looked at did not hold. One such doubt is for people to judge, of more it is suspected.</summary>
    private static (CodeConfidence Confidence, bool IsForPeople) Weigh(FoundFlow flow, FlowWeakness weakness, FlowDoubt doubt, bool isDoubtedAround)
    {
        if (weakness.IsUnsure || TestCode.IsTest(flow.Site.File) || TestCode.IsBuilding(flow.Site.File))
        {
            return (CodeConfidence.Low, false);
        }

        if (flow.Way is null)
        {
            return weakness.Severity < Severity.Major ? (CodeConfidence.Low, false) : isDoubtedAround ? (CodeConfidence.Low, true) : (CodeConfidence.Medium, false);
        }

        return flow.Trust < weakness.Sure ? (CodeConfidence.Low, false) : (doubt.IsGuess, doubt.Unsure, flow.Trust) switch
        {
            (false, 0, FlowTrust.Remote) => (CodeConfidence.High, false),
            (false, 1, FlowTrust.Remote) or (false, 0, FlowTrust.Stored) => (CodeConfidence.Low, true),
            _ => (CodeConfidence.Low, false),
        };
    }
}
