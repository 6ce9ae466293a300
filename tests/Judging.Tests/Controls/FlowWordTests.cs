using System.Text;

namespace SmartCity.SecurityCheck.Judging.Tests;

/// <summary>A word of a table of flows that nobody knows would drop a sink without a trace.</summary>
public sealed class FlowWordTests
{
    private const string Head = "flows: own\nversion: \"1\"\ntitle: 自定\nsource: 自定\nconfidence: 待核\n";

    [Theory]
    [InlineData("sink: sqll", 20, "没有缺陷 sqll")]
    [InlineData("sink: sql path", 20, "sink 不对")]
    [InlineData("cleans: sql sqll", 20, "没有缺陷 sqll")]
    [InlineData("guards: sqll", 20, "没有缺陷 sqll")]
    [InlineData("guardsNot: sqll", 20, "没有缺陷 sqll")]
    [InlineData("acts: selff", 20, "引擎没有 selff 这种行为")]
    [InlineData("acts: part-set", 20, "引擎没有 part-set 这种行为")]
    [InlineData("flow: 0>retrun", 20, "flow 不对")]
    [InlineData("flow: 0", 20, "flow 不对")]
    public void A_word_nobody_knows_is_refused_with_its_line(string line, int at, string said)
    {
        var fault = Assert.Single(Read(("own/flows/a.yaml", Head + Weakness("sql", "JT-SQL") + $"types:\n- name: a.B\n  methods:\n  - call: c\n    {line}\n")));
        Assert.Equal(("own/flows/a.yaml", at), (fault.At.File, fault.At.Line));
        Assert.Contains(said, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("annotated: GetMapping", 19, "annotated 里的名称不对")]
    [InlineData("annotated: a.Get-Mapping", 19, "annotated 里的名称不对")]
    [InlineData("below: Listener", 19, "below 里的名称不对")]
    [InlineData("named: a\n  fields: setter", 20, "fields 里的名称不对")]
    [InlineData("named: a\n  parameters: all", 20, "parameters 里的名称不对")]
    [InlineData("named: a\n  above: true", 20, "above 只与 annotated 同用")]
    [InlineData("named: a\n  trust: strange", 20, "trust 的值 strange 不在可选范围")]
    [InlineData("public: true", 18, "入口没有写条件")]
    [InlineData("named: a\n  onTypes: a.B", 20, "不认识的键 onTypes")]
    public void An_entry_that_would_match_nothing_is_refused_with_its_line(string lines, int at, string said)
    {
        const string examples = "  bad: [\"class A { }\"]\n  good: [\"class A { }\"]\n";
        var fault = Assert.Single(Read(("own/flows/a.yaml", Head + Weakness("sql", "JT-SQL") + $"types: []\nentries:\n- kind: 请求\n  {lines}\n{examples}")));
        Assert.Equal(("own/flows/a.yaml", at), (fault.At.File, fault.At.Line));
        Assert.Contains(said, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_of_another_table_are_known_and_all_that_the_engine_does_is_accepted()
    {
        const string types = "types:\n- name: a.B\n  methods:\n  - {call: c, sink: sql, cleans: \"*\", guards: sql, flow: 0>return this>0 *>this, acts: part-set safe}\n";
        Assert.Empty(Read(("own/flows/a.yaml", Head + "weaknesses: []\n" + types), ("own/flows/b.yaml", Head + Weakness("sql", "JT-SQL") + "types: []\n")));
    }

    [Fact]
    public void Two_weaknesses_of_one_rule_and_more_than_a_set_can_hold_are_refused()
    {
        var twice = Assert.Single(Read(("own/flows/a.yaml", Head + Weakness("sql", "JT-SQL") + "types: []\n"), ("own/flows/b.yaml", Head + Weakness("other", "JT-SQL") + "types: []\n")));
        Assert.Equal(("own/flows/b.yaml", "缺陷的 rule JT-SQL 重复"), (twice.At.File, twice.Message));
        var many = Head + "weaknesses:\n" + string.Concat(Enumerable.Range(0, 64).Select(i => One($"w{i}", $"R{i}"))) + "types: []\n";
        Assert.Contains("64 种缺陷", Assert.Single(Read(("own/flows/a.yaml", many))).Message, StringComparison.Ordinal);
    }

    private static string Weakness(string id, string rule) => "weaknesses:\n" + One(id, rule);

    private static string One(string id, string rule) =>
        $"- id: {id}\n  rule: {rule}\n  cwe: 89\n  title: 标题\n  class: injection\n  severity: major\n  remedy: 改\n  bad: [\"class A {{ }}\"]\n  good: [\"class A {{ }}\"]\n";

    private static List<InputFault> Read(params (string File, string Text)[] files)
    {
        var faults = new FaultList();
        var library = new LibraryReader(faults);
        foreach (var (file, text) in files)
        {
            library.Read(file, Encoding.UTF8.GetBytes(text));
        }

        library.Finish([]);
        return [.. faults.Faults];
    }
}
