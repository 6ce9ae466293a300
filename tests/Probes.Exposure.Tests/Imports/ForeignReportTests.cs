using System.Diagnostics;
using System.Text;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Exposure.Tests;

public sealed class ForeignReportTests
{
    private const string Lynis = """
        # Lynis Report
        report_version_major=1
        report_version_minor=0
        report_datetime_start=2026-11-26 10:15:30
        lynis_version=3.0.8
        hostname=app
        suggestion[]=SSH-7408|Consider hardening SSH configuration|MaxAuthTries (set 6 to 3)|-|
        details[]=SSH-7408|sshd|desc:sshd option MaxAuthTries;field:MaxAuthTries;prefval:3;value:6;|
        details[]=-|nginx|field:protocol;value:tlsv1;|
        warning[]=PKGS-7392|Found one or more vulnerable packages.|-|-|
        tests_executed=SSH-7408|PKGS-7392|AUTH-9204|
        tests_skipped=SNMP-3306|
        finish=true

        """;

    private const string Xccdf = """
        <?xml version="1.0" encoding="UTF-8"?>
        <Benchmark xmlns="http://checklists.nist.gov/xccdf/1.2" id="b"><Rule id="xccdf_org.example_rule_not_a_result"/>
        <TestResult id="old" end-time="2025-01-01T00:00:00" test-system="cpe:/a:redhat:openscap:1.3.7"><rule-result idref="x_rule_gone"><result>fail</result></rule-result></TestResult>
        <TestResult id="new" end-time="2026-11-26T10:51:00+00:00" test-system="cpe:/a:redhat:openscap:1.3.7"><target>app</target>
          <rule-result idref="xccdf_org.ssgproject.content_rule_no_empty_passwords"><result>pass</result></rule-result>
          <rule-result idref="xccdf_org.ssgproject.content_rule_sshd_disable_root_login"><result>fail</result><check><check-content-ref href="x"/></check></rule-result>
          <rule-result idref="xccdf_org.ssgproject.content_rule_file_permissions_etc_shadow"><result>notapplicable</result></rule-result>
          <rule-result idref="xccdf_org.ssgproject.content_rule_other"><result>notselected</result></rule-result>
        </TestResult></Benchmark>
        """;

    [Theory]
    [InlineData("root password=Zw7geheimQp found", "Zw7geheimQp")]
    [InlineData("cron: mysqldump --all -pZw7geheimQp > x", "Zw7geheimQp")]
    [InlineData("pass=Zw7geheimQp", "Zw7geheimQp")]
    [InlineData("password=\"Zw7 geheim never closed", "geheim")]
    [InlineData("password=Zw7,geheim", "geheim")]
    [InlineData("SNMP community: \"Zw7 geheim\" in use", "geheim")]
    [InlineData("口令为 Zw7geheimQp", "Zw7geheimQp")]
    [InlineData("mirror http://u:Zw7geheimQp@mirror.example.cn/", "Zw7geheimQp")]
    [InlineData("hash $6$salt$Zw7geheimQp", "geheim")]
    [InlineData("Authorization: Bearer Zw7geheimQp", "geheim")]
    [InlineData("key AKIAIOSFODNN7EXAMPLE", "AKIAIOSF")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc", "eyJ")]
    [InlineData("value 5f4dcc3b5aa765d61d8327deb882cf99", "5f4dcc")]
    [InlineData("value q7Rk2mZx9LpW4tYs8Hd3Vb6Nc1Jf5G", "q7Rk2")]
    public void What_looks_like_a_secret_is_not_repeated(string text, string secret)
    {
        var result = ForeignResult.Of("T-1", text);
        Assert.DoesNotContain(secret, result.Text + result.Note, StringComparison.Ordinal);
        Assert.Contains("<已遮盖>", result.Text, StringComparison.Ordinal);
    }

    /// <summary>A hidden id would be compared with nothing and read as no trouble.</summary>
    [Fact]
    public void An_id_stays_whatever_it_looks_like() =>
        Assert.Equal("5f4dcc3b5aa765d61d8327deb882cf99:token", ForeignResult.Of("5f4dcc3b5aa765d61d8327deb882cf99:token", "x").Id);

    [Theory]
    [InlineData("Configure minimum password age in /etc/login.defs")]
    [InlineData("password hashing rounds not configured, value 5000")]
    [InlineData("file_permissions_unauthorized_world_writable_sha256_root_owned")]
    [InlineData("现值 YES 应为 NO")]
    public void Other_words_stay(string text) => Assert.Equal(text, ForeignResult.Of("T-1", text).Text);

    [Fact]
    public void Words_are_bounded_and_without_marks_that_hide_or_turn_them()
    {
        var result = ForeignResult.Of("T-1", "a\u202Eb\u200Bc\u001B[31m\u2028d" + new string('x', 1_000_000));
        Assert.StartsWith("a·b·c·[31m·d", result.Text, StringComparison.Ordinal);
        Assert.True(result.Text.Length <= 301 && result.Note.Length < 400);
    }

    [Fact]
    public void Lynis_says_what_troubled_it_and_what_it_asked()
    {
        var report = LynisReport.Read(Encoding.UTF8.GetBytes(Lynis));
        Assert.Equal(("3.0.8", "2026-11-26", "app", true, 1), (report.ToolVersion, report.ReportedOn, report.Machine, report.IsComplete, report.Undecided));
        Assert.Equal(["SSH-7408", "SSH-7408:MaxAuthTries", "PKGS-7392"], report.Failed.Select(f => f.Id));
        Assert.Equal(["AUTH-9204"], report.Passed.Value);
    }

    [Fact]
    public void A_Lynis_run_that_was_stopped_passed_nothing()
    {
        var report = LynisReport.Read(Encoding.UTF8.GetBytes(Lynis.Replace("finish=true", "", StringComparison.Ordinal)));
        Assert.False(report.Passed.IsKnown);
        Assert.Equal(3, report.Failed.Count);
    }

    [Fact]
    public void Of_an_XCCDF_file_the_last_run_counts_and_what_was_not_selected_was_not_asked()
    {
        var report = XccdfResults.Read(Encoding.UTF8.GetBytes(Xccdf), CancellationToken.None);
        Assert.Equal(("1.3.7", "2026-11-26", "app", 1), (report.ToolVersion, report.ReportedOn, report.Machine, report.Undecided));
        Assert.Equal(["sshd_disable_root_login"], report.Failed.Select(f => f.Id));
        Assert.Equal(["no_empty_passwords"], report.Passed.Value);
    }

    /// <summary>A result that is not read would be no trouble.</summary>
    [Fact]
    public void Results_without_words_or_in_sections_are_not_lost()
    {
        var odd = Xccdf.Replace("<result>fail</result><check>", "<result><![CDATA[fail]]></result><check>", StringComparison.Ordinal).Replace("<result>notselected</result>", "", StringComparison.Ordinal);
        var report = XccdfResults.Read(Encoding.UTF8.GetBytes(odd), CancellationToken.None);
        Assert.Equal(["sshd_disable_root_login"], report.Failed.Select(f => f.Id));
        Assert.Equal(2, report.Undecided);
        var cut = LynisReport.Read(Encoding.UTF8.GetBytes(Lynis.Replace("warning[]=PKGS-7392|Found one or more vulnerable packages.|-|-|", "warning[]=AUTH-9204", StringComparison.Ordinal)));
        Assert.Contains("AUTH-9204", cut.Failed.Select(f => f.Id));
        Assert.DoesNotContain("AUTH-9204", cut.Passed.Value);
    }

    [Fact]
    public void UTF_16_is_read_and_a_document_type_is_not()
    {
        Assert.Single(XccdfResults.Read([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Xccdf.Replace("encoding=\"UTF-8\"", "encoding=\"UTF-16\"", StringComparison.Ordinal))], CancellationToken.None).Failed);
        foreach (var type in new[] { "<!DOCTYPE a [<!ENTITY b \"c\">]>", "<!DOCTYPE a SYSTEM \"file:///etc/passwd\">" })
        {
            var text = Xccdf.Replace("<Benchmark", $"{type}<Benchmark", StringComparison.Ordinal);
            Assert.Contains("DTD", Assert.Throws<UnableException>(() => XccdfResults.Read(Encoding.UTF8.GetBytes(text), CancellationToken.None)).Message, StringComparison.Ordinal);
            Assert.Throws<UnableException>(() => XccdfResults.Read([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(text)], CancellationToken.None));
        }

        Assert.Contains("嵌套", Assert.Throws<UnableException>(() => XccdfResults.Read(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<a>", 5000))), CancellationToken.None)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_mutant_escapes_the_readers()
    {
        var seed = new SeededBytes(8);
        var read = 0;
        for (var i = 0; i < 2000; i++)
        {
            foreach (var reader in new Func<ForeignReport>[] { () => LynisReport.Read(seed.Mutate(Encoding.UTF8.GetBytes(Lynis))), () => XccdfResults.Read(seed.Mutate(Encoding.UTF8.GetBytes(Xccdf)), CancellationToken.None) })
            {
                try
                {
                    _ = JsonSerializer.Serialize(ObservationJson.ToElement(reader()));
                    read++;
                }
                catch (UnableException)
                {
                    // The one way out there is.
                }
            }
        }

        Assert.InRange(read, 100, 3900);
    }

    [Theory]
    [InlineData(ForeignTool.Lynis)]
    [InlineData(ForeignTool.OpenScap)]
    [InlineData(ForeignTool.Nmap)]
    public async Task A_file_that_is_something_else_is_said_to_be(ForeignTool tool)
    {
        using var folder = new TemporaryFolder();
        foreach (var content in new[] { "", "\0\0\0", "<a/>", "{}" })
        {
            Assert.Equal(FailureKind.BadInput, Assert.IsType<Unable>(await ReadAsync(tool, folder.Write("report", content))).Kind);
        }

        Assert.IsType<Unable>(await ReadAsync(tool, folder.File("nowhere")));
        Assert.IsType<Unable>(await ReadAsync(tool, folder.Path));
    }

    [SkippableFact]
    public async Task A_real_run_of_nmap_is_read()
    {
        Skip.If(RequiredTool.IsMissing("nmap"));
        await using var server = new ScriptedServer(c => c.LingerAsync());
        using var folder = new TemporaryFolder();
        Run("nmap", "-n", "-Pn", "-sT", "-p", $"{server.Port}", "-oX", folder.File("nmap.xml"), "127.0.0.1");
        var data = Assert.Single(Assert.IsType<Observed>(await ReadAsync(ForeignTool.Nmap, folder.File("nmap.xml"))).Observations).Data;
        Assert.Equal($"tcp/{server.Port}", Assert.Single(data.GetProperty("failed").EnumerateArray()).GetProperty("id").GetString());
        Assert.True(data.GetProperty("isComplete").GetBoolean());
    }

    private static Task<ProbeOutcome> ReadAsync(ForeignTool tool, string path)
    {
        var target = new ImportedReport { Id = "report", Path = path, Tool = tool };
        return new ForeignReportProbe().ObserveAsync(target, ProbeContexts.For(new KeptEvidence(), target), CancellationToken.None);
    }

    private static void Run(string program, params IReadOnlyList<string> arguments)
    {
        var info = new ProcessStartInfo(RequiredTool.FullPath(program)) { RedirectStandardOutput = true, UseShellExecute = false };
        arguments.ToList().ForEach(info.ArgumentList.Add);
        using var process = Process.Start(info)!;
        _ = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
