namespace SmartCity.SecurityCheck.Judging.Tests;

/// <summary>A stranger's rules may be laid out with links, and may not read through them.</summary>
public sealed class RuleLinkTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("securitycheck-links-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("../outside.yaml", true)]
    [InlineData("/etc/hostname", true)]
    [InlineData("inner/real.yaml", false)]
    [InlineData("way-out/hostname", true)]
    [InlineData("a.yaml", true)]
    [InlineData("inner/../../x/inner/real.yaml", true)]
    public void Only_links_that_stay_within_are_followed(string target, bool leadsOut)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var rules = _folder.CreateSubdirectory("rules").FullName;
        Directory.CreateDirectory(Path.Combine(rules, "inner"));
        File.WriteAllText(Path.Combine(rules, "inner", "real.yaml"), "ruleset: x\n");
        var elsewhere = _folder.CreateSubdirectory("elsewhere").FullName;
        File.WriteAllText(Path.Combine(elsewhere, "hostname"), "x\n");
        Directory.CreateSymbolicLink(Path.Combine(rules, "way-out"), elsewhere);
        File.CreateSymbolicLink(Path.Combine(rules, "a.yaml"), target);

        var faults = Assert.Throws<InputFaultException>(() => RulesetFolder.Load(rules, Shipped.Kinds)).Faults;

        Assert.Equal(leadsOut, faults.Any(f => f.At.File == "a.yaml" && f.Message.Contains("链接", StringComparison.Ordinal)));
        Assert.DoesNotContain(faults, f => f.At.File == "inner/real.yaml" && f.Message.Contains("链接", StringComparison.Ordinal));
    }

    [Fact]
    public void A_link_out_of_the_folder_is_a_fault_that_shows_nothing_of_what_is_there()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var rules = _folder.CreateSubdirectory("rules").FullName;
        File.WriteAllText(Path.Combine(_folder.FullName, "private.yaml"), "password: Xk29\n");
        File.CreateSymbolicLink(Path.Combine(rules, "a.yaml"), "../private.yaml");

        var fault = Assert.Single(Assert.Throws<InputFaultException>(() => RulesetFolder.Load(rules, Shipped.Kinds)).Faults);
        Assert.Equal("a.yaml", fault.At.File);
        Assert.Contains("链接", fault.Message, StringComparison.Ordinal);
    }
}
