namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection.Tests;

/// <summary>An application may have any name: only where every program of root is known is there none among them.</summary>
public sealed class RootProgramTests
{
    [Theory]
    [InlineData("root systemd\nroot sshd\nroot nginx\nwww-data nginx\nroot kworker/0:1H-kblockd\nroot kdamond.0\nportal dotnet\n", "符合")]
    [InlineData("root systemd\nroot dotnet\n", "不符合")]
    [InlineData("root systemd\nroot gunicorn: maste\n", "不符合")]
    [InlineData("root systemd\nroot portal-server\n", "待人工")]
    [InlineData("root systemd\nroot python3\n", "待人工")]
    [InlineData("root portal-server\nroot java\n", "不符合")]
    public void Programs_of_root_are_told_apart(string processes, string verdict) =>
        Assert.Equal(verdict, Verdicts.Of("FIL-08", new SoftwareProbe().Read(new MadeHost().Says("processes", "USER COMMAND\n" + processes)).Record!));
}
