namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Where foreign input enters, by the tables and beyond their examples.</summary>
public sealed class EntryPointTests
{
    public static TheoryData<string, bool, string> Fixtures()
    {
        var data = new TheoryData<string, bool, string>();
        void Add(string name, IReadOnlyList<string> bad, IReadOnlyList<string> good)
        {
            foreach (var text in bad)
            {
                data.Add(name, true, text);
            }

            foreach (var text in good)
            {
                data.Add(name, false, text);
            }
        }

        foreach (var entry in FlowCase.Apis.Entries)
        {
            Add(entry.Kind, entry.Bad, entry.Good);
        }

        foreach (var answer in FlowCase.Apis.Answers)
        {
            Add(answer.Kind, answer.Bad, answer.Good);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Every_entry_is_found_in_its_bad_examples_and_in_none_of_its_good_ones(string kind, bool isBad, string text)
    {
        var found = FlowCase.Run([("src/A.java", text)]).Found;
        Assert.True(found.Count > 0 == isBad, text);
        Assert.All(found, f => Assert.Contains(kind, First(f.Way!), StringComparison.Ordinal));
    }

    internal static string First(TaintStep way)
    {
        var step = way;
        while (step.Before is { } before)
        {
            step = before;
        }

        return step.What;
    }
}
