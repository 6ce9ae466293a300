using System.Reflection;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>What a record has to know of: who adds to it is told here.</summary>
public sealed class FlowAgainDoorTests
{
    /// <summary>What is written of a run and read by the next one. Something new of it has to be written and read too (<see cref="FlowPen"/>, <see cref="FlowReader"/>), or it is lost where a run takes over.</summary>
    [Theory]
    [InlineData(typeof(FlowValue), "Code Constant Element Marks MayBeOther Objects Seen Start Type")]
    [InlineData(typeof(CodeValue), "All Also Captured Depth Home Syntax Type")]
    [InlineData(typeof(CapturedVariable), "Declared Name Type Value")]
    [InlineData(typeof(TaintMark), "Cleaned Origin Soiled Way")]
    [InlineData(typeof(ForeignOrigin), "Filter Form IsAddress IsSegment Kind Leads Place Trust")]
    [InlineData(typeof(InputOrigin), "Filter Index Path")]
    [InlineData(typeof(FlowObject), "Count Element Input IsExact IsFull Parts Type")]
    [InlineData(typeof(SinkHit), "Aside Checked Filled IsDoubted IsSoiled Origin Site Way Weakness")]
    [InlineData(typeof(SharedInput), "Field Mark")]
    [InlineData(typeof(ReturnOutcome), "Cleaned IsUnclear Parts Type")]
    [InlineData(typeof(MethodSummary), "Hits Inputs IsEndless Objects Outcomes Raised Return Shares WhenBack WhenFalse WhenNotNull WhenTrue")]
    [InlineData(typeof(CallContext), "Constants IsExact IsTest Key NoTexts Pieces Self Writers")]
    [InlineData(typeof(FoundFlow), "Beginnings IsDoubted Site Trust Way Weakness")]
    [InlineData(typeof(ElementType), "Element Name")]
    [InlineData(typeof(StepWords), "Doubt Name Text")]
    [InlineData(typeof(TaintStep), "Before First Guesses Kept Length Place Unsure What Words")]
    internal void What_is_known_of_a_value_is_written(Type type, string known) => Assert.Equal(
        known,
        string.Join(' ', type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Select(p => p.Name).Where(n => n != "EqualityContract").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)));

    /// <summary>What is asked of bodies beyond the one that is gone over. Of the whole tree it has to be a fact of the record (<see cref="FlowFacts"/>) or asked in every run; of another body it has to be told the book (<see cref="SummaryBook.BodyOf"/>, <see cref="SummaryBook.LookInto"/>).</summary>
    [Theory]
    [InlineData("JavaWalk.All(", "Summaries Types Mappers Names Apis", "AskingBelow.cs BoundEntity.cs DeveloperProfiles.cs EntryChecks.cs EntryPoints.cs FieldAssignments.cs FlowAnalysis.cs IdleMethods.cs IdleTypes.cs ImpliedCode.cs JavaProgram.cs MuteTypes.cs NeverNull.cs RemoteCallers.cs RewrittenKeys.cs UnmadeTypes.cs")]
    [InlineData("program.Texts", "Summaries Types Mappers Names Apis Flow", "UnmadeTypes.cs")]
    [InlineData("rogram.Files", "Summaries Types Mappers Names Apis Flow", "AskingBelow.cs BoundEntity.cs DeveloperProfiles.cs FlowAnalysis.cs IdleMethods.cs IdleTypes.cs MuteTypes.cs")]
    [InlineData("Owner.Syntax)", "Flow", "MethodRun.LetIn.cs")]
    [InlineData("_type.Syntax", "Flow", "MethodRun.Seen.cs")]
    public void Who_looks_beyond_a_body_is_known(string how, string folders, string known)
    {
        var root = typeof(FlowAgainDoorTests).Assembly.GetCustomAttributes(typeof(AssemblyMetadataAttribute), false).Cast<AssemblyMetadataAttribute>().First(a => a.Key == "RepositoryRoot").Value!;
        var looks = folders.Split(' ').SelectMany(f => Directory.EnumerateFiles(Path.Combine(root, "probes", "CodeSecurity", "Java", f), "*.cs"))
            .Where(f => File.ReadAllText(f).Contains(how, StringComparison.Ordinal)).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal);
        Assert.Equal(known, string.Join(' ', looks));
    }
}
