using System.Reflection;
using System.Text;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline.Tests;

/// <summary>What people say of the cryptography: everything optional, nothing said twice.</summary>
public sealed class CryptoStatementTests : IDisposable
{
    private readonly FullCandidate _full = new();

    public void Dispose() => _full.Dispose();

    [Fact]
    public void Every_statement_is_read_with_who_said_it()
    {
        var crypto = _full.Read(FullCandidate.Text).Crypto;
        Assert.Equal(("citizen-channel", "endpoint:portal"), (crypto.Objects[0].Id, crypto.Objects[0].Targets[0]));
        Assert.Equal((true, false, true, 128, 1, "citizen-channel"), (crypto.Answers[0].D, crypto.Answers[0].A, crypto.Answers[0].K, crypto.Answers[0].StrengthBits, crypto.Answers[0].ModuleLevel, crypto.Answers[0].Object));
        Assert.Equal((false, "没有外联设备接入"), (crypto.Applicability[0].Applies, crypto.Applicability[0].Statement));
        Assert.Equal(("NET-3", "APP-4", true), (crypto.Coverage[0].From, crypto.Coverage[0].To, crypto.Coverage[0].CoversAll));
        Assert.Equal((HighRiskClaim.Mitigated, "m1"), (crypto.HighRisks[0].Claim, crypto.HighRisks[0].Mitigation));
        Assert.All(new SignedStatement[] { crypto.Answers[0], crypto.Applicability[0], crypto.Coverage[0], crypto.HighRisks[0] }, s => Assert.Equal(("回答人", "单位", new DateOnly(2026, 1, 20)), (s.By, s.Organisation, s.On)));
        Assert.Equal(EndpointPurpose.Management, _full.Read(FullCandidate.Text).Endpoints[0].Purpose);
    }

    [Theory]
    [InlineData("  units: [NET-5]", "  units: [NET-2]", "cryptoAnswers 又有对它的回答")]
    [InlineData("  applies: false\n", "  applies: maybe\n", "applies 的值 maybe 不对")]
    [InlineData("  statement: 没有外联设备接入\n", "", "没有理由")]
    [InlineData("  claim: 已缓解\n", "  claim: 不存在\n", "不相配")]
    [InlineData("  mitigation: m1\n", "", "不相配")]
    [InlineData("  D: 是\n", "  D: yes\n", "D 的值 yes 不在可选范围")]
    [InlineData("  targets: [endpoint:portal]", "  targets: [endpoint:other]", "target endpoint:other 不存在")]
    [InlineData("  units: [NET-2, NET-3]\n", "  units: [NET-2, NET-2]\n", "有 2 处")]
    [InlineData("  moduleLevel: 1\n", "  moduleLevel: 5\n", "moduleLevel 的值 5 不对")]
    public void A_contradiction_or_a_word_of_ones_own_is_named(string right, string wrong, string message)
    {
        Assert.Contains(right, FullCandidate.Text, StringComparison.Ordinal);
        Assert.Contains(message, Assert.Single(_full.FaultsOf(FullCandidate.Text.Replace(right, wrong, StringComparison.Ordinal))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("  units: [NET-1, NET-2, NET-3]\n", "  units: [NET-1, XYZ-9, NET-3]\n", "没有测评单元 XYZ-9")]
    [InlineData("  units: [NET-2, NET-3]\n", "  units: [NET-2, NET-33]\n", "没有测评单元 NET-33")]
    [InlineData("  units: [NET-5]\n", "  units: [net-5]\n", "没有测评单元 net-5")]
    [InlineData("  to: APP-4\n", "  to: APP-44\n", "没有测评单元 APP-44")]
    [InlineData("  items: [\"7.2\"]\n", "  items: [\"77.2\"]\n", "没有高风险项 77.2")]
    public void A_name_that_no_catalogue_has_is_a_fault_with_its_place_and_the_nearest_one(string right, string wrong, string message)
    {
        Assert.Contains(right, FullCandidate.Text, StringComparison.Ordinal);
        var library = Shipped();
        CandidateNames.Check("c.yaml", Encoding.UTF8.GetBytes(FullCandidate.Text), library);
        var text = FullCandidate.Text.Replace(right, wrong, StringComparison.Ordinal);
        var fault = Assert.Single(Assert.Throws<InputFaultException>(() => CandidateNames.Check("c.yaml", Encoding.UTF8.GetBytes(text), library)).Faults);
        Assert.Equal(message, fault.Message);
        Assert.StartsWith(wrong.Trim(), text.Split('\n')[fault.At.Line - 1].Trim(), StringComparison.Ordinal);
        Assert.Contains("（最接近的；", fault.Expected, StringComparison.Ordinal);
        CandidateNames.Check("c.yaml", Encoding.UTF8.GetBytes(text), StandardLibrary.Empty);
    }

    /// <summary>The crypto catalogue and the high-risk guide of this repository.</summary>
    private static StandardLibrary Shipped()
    {
        var root = Path.Combine(typeof(CryptoStatementTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "RepositoryRoot").Value!, "rulesets");
        var reader = new LibraryReader(new FaultList());
        foreach (var file in new[] { "controls", "high-risk" }.SelectMany(f => Directory.EnumerateFiles(Path.Combine(root, "commercial-crypto", f), "*.yaml")))
        {
            reader.Read(Path.GetRelativePath(root, file).Replace('\\', '/'), File.ReadAllBytes(file));
        }

        return reader.Finish([]);
    }
}
