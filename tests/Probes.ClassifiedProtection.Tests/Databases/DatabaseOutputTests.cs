using System.Globalization;
using System.Text;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection.Tests;

/// <summary>What tools make of a script's output, and what nobody may hand in.</summary>
public sealed class DatabaseOutputTests
{
    private const string Small = "SCFACT|begin|1|postgresql|15|port-1|2026|END\nSCFACT|role|a|t|t|f|never|END\nSCFACT|count|role|1|END\nSCFACT|end|END\n";

    private static byte[] Fixture(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Databases", "Fixtures", name));

    private static DatabaseOutput Read(string text) => DatabaseOutput.Read(Encoding.UTF8.GetBytes(text));

    private static string Refusal(string text) => Assert.Throws<UnableException>(() => Read(text)).Message;

    [Fact]
    public void Outputs_of_psql_mysql_and_disql_are_read_through_their_frames_and_numbers()
    {
        var roles = new PostgreSqlRolesProbe().Read([DatabaseOutput.Read(Fixture("postgresql-psql.txt"), new DateOnly(2026, 11, 27))]);
        Assert.Equal(["postgres", "业务|员"], roles.Superusers.Value.Select(r => r.Name));
        Assert.Equal(("不符合", "不符合"), (Verdicts.Of("PG-09", roles), Verdicts.Of("PG-10", roles)));

        var accounts = new MySqlAccountsProbe().Read([DatabaseOutput.Read(Fixture("mariadb-table.txt"), new DateOnly(2026, 11, 27))]);
        Assert.Contains(accounts.Passwordless.Value, a => a is { Name: "业务", Host: "10.%" });
        Assert.DoesNotContain(accounts.PasswordAccounts.Value, a => a.Name is "locked" or "mariadb.sys" or "r");
        Assert.Equal(["不符合", "不符合", "不符合", "部分符合"], new[] { "MY-01", "MY-03", "MY-04", "MY-05" }.Select(r => Verdicts.Of(r, accounts)));

        var dameng = new DamengProbe().Read([DatabaseOutput.Read(Fixture("dameng-disql.txt"), new DateOnly(2026, 11, 27))]);
        Assert.Equal(["SYSDBA", "业务"], dameng.Users.Value.Select(u => u.Name));
        Assert.Equal(["符合", "不符合", "不符合", "待人工", "待人工", "不符合", "不符合"], Enumerable.Range(1, 7).Select(i => Verdicts.Of($"DM-0{i.ToString(CultureInfo.InvariantCulture)}", dameng)));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("GB18030")]
    public void Whatever_the_terminal_wrote_in_is_understood(string name)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        var bytes = encoding.GetPreamble().Concat(encoding.GetBytes(Small.Replace("|a|", "|业务|", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal))).ToArray();
        Assert.Equal("业务", DatabaseOutput.Read(bytes).Whole("role")![0].Values[0]);
    }

    [Theory]
    [InlineData("SCRAM-SHA-256$4096:c2FsdA==$x:y")]
    [InlineData("md50cc175b9c0f1b6a831c399e269772661")]
    [InlineData("*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19")]
    [InlineData("$A$005$abc")]
    [InlineData("$6$salt$hash")]
    [InlineData("0cc175b9c0f1b6a831c399e269772661")]
    [InlineData("hex:2a32343730433043303644454534324644313631384242393930303541444341324543394431453139")]
    public void Files_with_password_hashes_are_refused_and_not_repeated(string hash)
    {
        foreach (var text in new[] { Small.Replace("|a|", $"|{hash}|", StringComparison.Ordinal), hash.StartsWith("hex:", StringComparison.Ordinal) ? Small.Replace("|a|", $"|{hash}|", StringComparison.Ordinal) : Small + $" root | {hash}\n" })
        {
            var why = Refusal(text);
            Assert.Contains("像口令散列", why, StringComparison.Ordinal);
            Assert.DoesNotContain(hash[^8..], why, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_was_cut_doubled_or_altered_is_no_whole_list()
    {
        Assert.Contains("应有 1 条，实有 0 条", Refusal(Small.Replace("SCFACT|role|a|t|t|f|never|END\n", "", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("没有结尾一行", Refusal(Small.Replace("SCFACT|end|END\n", "", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("两次执行", Refusal(Small + Small), StringComparison.Ordinal);
        Assert.Contains("折行", Refusal(Small.Replace("|t|f|never", "|t|\nf|never", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("找不到开头", Refusal("ERROR: permission denied\n"), StringComparison.Ordinal);
        Assert.Contains("版本不认识", Refusal(Small.Replace("|begin|1|", "|begin|2|", StringComparison.Ordinal)), StringComparison.Ordinal);

        // A list the account may not see has no number, and is not seen; echoed SQL is no fact.
        var denied = Read(Small.Replace("SCFACT|count|role|1|END\n", "SELECT 'SC' || 'FACT|count|role|' || 1 || '|END'\n", StringComparison.Ordinal));
        Assert.Equal("待人工", Verdicts.Of("PG-09", new PostgreSqlRolesProbe().Read([denied])));
    }

    [Fact]
    public void Scripts_echoed_by_their_tools_hold_no_fact_and_select_no_password()
    {
        foreach (var script in DatabaseScripts.All.Select(a => DatabaseScripts.Of(a.Product)))
        {
            Assert.DoesNotContain("SCFACT|", script, StringComparison.Ordinal);
            Assert.All(script.Split(';').Select(s => string.Join('\n', s.Split('\n').Where(l => !l.StartsWith("--", StringComparison.Ordinal))).Trim()).Where(s => s.Length > 0), s => Assert.Matches(@"^(SELECT|SET (SESSION TRANSACTION READ ONLY|default_transaction_read_only = on)|/\*(!|M!)[0-9]+ SELECT)", s));
            Assert.Contains("只读", script, StringComparison.Ordinal);
        }

        Assert.All(new[] { DatabaseProduct.Dameng, DatabaseProduct.Kingbase }, p => Assert.Contains("待核", DatabaseScripts.Of(p), StringComparison.Ordinal));
    }

    [Fact]
    public void No_mangled_output_does_more_than_be_refused()
    {
        var random = new SeededBytes(11);
        byte[][] samples = [Fixture("postgresql-psql.txt"), Fixture("mariadb-table.txt"), Fixture("dameng-disql.txt")];
        for (var i = 0; i < 600; i++)
        {
            var bytes = random.Mutate(samples[i % 3]);
            try
            {
                var output = DatabaseOutput.Read(bytes);
                _ = output.Product switch { DatabaseProduct.MySql => (object)new MySqlAccountsProbe().Read([output]), DatabaseProduct.Dameng => new DamengProbe().Read([output]), _ => new PostgreSqlRolesProbe().Read([output]) };
            }
            catch (UnableException refused)
            {
                Assert.NotEmpty(refused.Message);
            }
        }
    }
}
