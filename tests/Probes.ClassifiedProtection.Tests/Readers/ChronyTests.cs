namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection.Tests;

/// <summary>Sources of time in the files that chrony.conf takes in, and in those it does not.</summary>
public sealed class ChronyTests
{
    private static string Of(string main, string path = "/etc/chrony.d/a.conf", string text = "server 10.0.0.9 iburst\n") => Verdicts.Of("AUD-13", new TimeSyncProbe().Read(
        new MadeHost().File("/etc/chrony.conf", main).File(path, text).Says("chrony", "^* 10.0.0.9 2 6 377 1 +1us[+1us] +/- 1ms\n")).Record!);

    [Theory]
    [InlineData("confdir /etc/other.d /etc/chrony.d\n", "符合")]
    [InlineData("include /etc/chrony.d/*.conf\n", "符合")]
    [InlineData("include /etc/chrony.d/a.conf\n", "符合")]
    [InlineData("sourcedir /etc/chrony.d\n", "不符合")]
    [InlineData("# confdir /etc/chrony.d\n", "不符合")]
    [InlineData("driftfile /var/lib/chrony/drift\n", "不符合")]
    [InlineData("include /etc/chrony.d/{a,b}.conf\n", "待人工")]
    [InlineData("include /etc/chrony.conf\nconfdir /etc/chrony.d\n", "符合")]
    public void What_is_taken_in_is_read_and_nothing_else(string main, string verdict) => Assert.Equal(verdict, Of(main));

    [Fact]
    public void A_folder_that_is_not_named_is_not_read() => Assert.Equal("不符合", Of("makestep 1 3\n", "/etc/chrony/sources.d/a.sources"));
}
