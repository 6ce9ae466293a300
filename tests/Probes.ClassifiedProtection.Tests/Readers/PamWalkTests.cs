using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection.Tests;

/// <summary>
/// The way through a stack. The captures are random stacks of pam_debug lines, each with what Linux-PAM 1.5.2 said of it (1 lets in).
/// </summary>
public sealed class PamWalkTests
{
    [Fact]
    public void Every_captured_stack_ends_as_linux_pam_ended_it()
    {
        var cases = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Readers", "Fixtures", "pam-stacks.txt")).Split("= ", StringSplitOptions.RemoveEmptyEntries);
        Assert.True(cases.Length > 200);
        foreach (var text in cases)
        {
            var host = text.Split("> ")[1..].Aggregate(new MadeHost(), (h, f) => h.File("/etc/pam.d/" + f.Split('\n')[0], f[(f.IndexOf('\n', StringComparison.Ordinal) + 1)..]));
            var stack = PamStack.Of(host, "main")!;
            Assert.Empty(stack.Faults);
            var ends = PamWalk.Ends(stack.OfType("auth", new HashSet<string>()), (e, m) => [new PamStep(e.Argument("auth")!, m)])!;
            Assert.True(Assert.Single(ends).Succeeds == (text[0] == '1'), text);
        }
    }

    [Fact]
    public void Noise_ends_in_time()
    {
        var random = new SeededBytes(11);
        string[] lines = ["auth required pam_faillock.so preauth", "auth sufficient pam_unix.so", "auth [default=die] pam_faillock.so authfail", "auth substack x", "auth requisite pam_strange.so", "auth [success=2 default=2] pam_env.so", "auth include x", "auth [oops=1] pam_unix.so", "auth", "-", "auth [default=999] pam_env.so [["];
        for (var i = 0; i < 300; i++)
        {
            var text = string.Join('\n', Enumerable.Range(0, random.Below(60)).Select(_ => lines[random.Below(lines.Length)]));
            var stack = PamStack.Of(new MadeHost().File("/etc/pam.d/s", text).File("/etc/pam.d/x", "auth [success=1 default=ignore] pam_unix.so\nauth optional pam_x.so\n"), "s")!;
            _ = PamQuestion.CountsFailures(stack.OfType("auth", new HashSet<string>()));
        }
    }
}
