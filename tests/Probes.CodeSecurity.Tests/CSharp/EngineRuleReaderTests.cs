using System.Text;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

public sealed class EngineRuleReaderTests
{
    private const string Head = "engines: test\nversion: \"1\"\ntitle: 表\nsource: 自定\nconfidence: 待核\n";

    [Fact]
    public void Numbers_written_together_share_what_is_said_and_differ_in_certainty()
    {
        var faults = new FaultList();
        var table = new EngineRuleReader(faults).Read("a.yaml", Encoding.UTF8.GetBytes(Head + "weaknesses:\n- {cwe: 89, title: 注入, class: injection, severity: critical, firm: [A1], hints: [B2], remedy: 改}\nignored:\n- {id: C3, why: 不是缺陷}\n"));
        Assert.Empty(faults.Faults);
        Assert.Equal([("A1", EngineCertainty.Firm), ("B2", EngineCertainty.Hint)], table!.Rules.Select(r => (r.Id, r.Certainty)));
        Assert.All(table.Rules, r => Assert.Equal((89, WeaknessClass.Injection, Severity.Critical), (r.Cwe, r.Class, r.Severity)));
        Assert.Equal("C3", Assert.Single(table.Ignored).Id);
    }

    [Theory]
    [InlineData("- {cwe: 89, title: 注入, class: injection, severity: critical, remedy: 改}")]
    [InlineData("- {cwe: 0, title: 注入, class: injection, severity: critical, firm: [A1], remedy: 改}")]
    [InlineData("- {cwe: 89, title: 注入, class: what, severity: critical, firm: [A1], remedy: 改}")]
    [InlineData("- {cwe: 89, title: 注入, class: injection, severity: critical, firm: [A1], rules: [A1], remedy: 改}")]
    [InlineData("- {cwe: 89, title: 注入, class: injection, severity: critical, firm: [A1], remedy: 改, more: 1}")]
    public void What_is_wrong_in_a_table_is_said(string weakness)
    {
        var faults = new FaultList();
        Assert.Null(new EngineRuleReader(faults).Read("a.yaml", Encoding.UTF8.GetBytes(Head + "weaknesses:\n" + weakness + "\n")));
        Assert.NotEmpty(faults.Faults);
    }
}
