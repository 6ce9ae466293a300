using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection.Tests;

/// <summary>What a few copied files say, and what a list of processes says.</summary>
public sealed class PartialTreeTests
{
    [Fact]
    public void Of_what_was_left_behind_nothing_is_said()
    {
        using var folder = new TemporaryFolder();
        folder.Write("etc/passwd", "root:x:0:0::/root:/bin/bash\n");
        var tree = new RootSnapshot(folder.Path);
        Silent("AUD", () => new AuditProbe().Read(tree).Record!);
        Silent("AUD", () => new LoggingProbe().Read(tree).Record!);
        Silent("AUD", () => new TimeSyncProbe().Read(tree).Record!);
        Silent("ACC", () => new SessionsProbe().Read(tree).Record!);
        Silent("ACC", () => new PasswordPolicyProbe().Read(tree).Record!);
        Silent("ACC", () => new SudoersProbe().Read(tree).Record!);
        Silent("INT", () => new KernelProbe().Read(tree).Record!);
        Silent("SSH", () => new SshdProbe().Read(tree).Record!);
    }

    [Fact]
    public void Threads_of_the_kernel_are_no_programs()
    {
        var read = new SoftwareProbe().Read(new MadeHost().Says("processes", "USER COMMAND\nroot kthreadd\nroot kworker/0:1H-kblockd\nroot rcu_preempt\nroot ksoftirqd/0\nroot kswapd0\nroot scsi_eh_0\nroot jbd2/sda1-8\nroot khugepaged\nroot kauditd\nroot systemd\nroot java\nroot mdadm\nops bash\n")).Record!;
        Assert.Equal(["java", "mdadm", "systemd"], read.RootProcesses.Value);
        Assert.False(new SoftwareProbe().Read(new MadeHost().Says("processes", "USER COMMAND\n")).Record!.RootProcesses.IsKnown);
    }

    private static void Silent<T>(string prefix, Func<T> read)
        where T : class
    {
        T record;
        try
        {
            record = read();
        }
        catch (UnableException)
        {
            return;
        }

        var kind = ProbeCatalogue.Of(typeof(Collector).Assembly).Probes.Single(p => p.Manifest.Observes == typeof(T)).Manifest.Id;
        Assert.All(RuleTests.Rules.Where(r => r.Observes == kind && r.Id.StartsWith(prefix, StringComparison.Ordinal)), r => Assert.Equal(("待人工", r.Id), (Verdicts.Of(r.Id, record), r.Id)));
    }
}
