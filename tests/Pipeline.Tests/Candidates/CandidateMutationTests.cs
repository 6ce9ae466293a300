using System.Text;
using System.Text.Json;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Pipeline.Tests;

/// <summary>Whatever a candidate.yaml holds, it is read or refused with a place; nothing else is thrown.</summary>
public sealed class CandidateMutationTests : IDisposable
{
    private static readonly string[] HostileValues =
    [
        "\"\"", "\"a\\0b\"", "\"env:a\\0b\"", "\"file:a\\0b\"", "\"file:\"", "\"env:\"", "file:/proc/self/mem", "file:.", "[]", "{}", "[[[]]]", "~", "null", "\"\\u001b[2J\"",
        "-1", "99999999999999999999", "1e400", ".inf", "0x10", "\"\\uD800\"", "\"\\uFFFF\"", "2026-13-45", "https://[::1", "https://", "://", "a:b:c:d", "\"a\\r\\nb\"",
        "&a b", "*a", "!!binary aGk=", "|\n    x", ">-\n    x", "'", "\"", "%", "@", "`", "? x", "endpoint:", ":", "https://例子.中国/登录", "\"//\"", "/../..", "..",
    ];

    private readonly FullCandidate _full = new();

    public void Dispose() => _full.Dispose();

    [Fact]
    public void Six_thousand_changed_bytes_never_throw_anything_but_faults()
    {
        var random = new SeededBytes(20260101);
        var original = Encoding.UTF8.GetBytes(FullCandidate.Text);
        for (var i = 0; i < 6000; i++)
        {
            Try(random.Mutate(original));
        }
    }

    [Fact]
    public void Hostile_values_in_every_place_never_throw_anything_but_faults()
    {
        var lines = FullCandidate.Text.Split('\n');
        for (var at = 0; at < lines.Length; at++)
        {
            var colon = lines[at].IndexOf(':', StringComparison.Ordinal);
            foreach (var value in colon < 0 ? [] : HostileValues)
            {
                var changed = lines.ToArray();
                changed[at] = $"{lines[at][..colon]}: {value}";
                Try(Encoding.UTF8.GetBytes(string.Join('\n', changed)));
            }
        }
    }

    [Fact]
    public void Lines_left_out_doubled_and_moved_never_throw_anything_but_faults()
    {
        var random = new SeededBytes(7);
        var lines = FullCandidate.Text.Split('\n');
        for (var i = 0; i < 2000; i++)
        {
            var changed = lines.ToList();
            for (var n = 1 + random.Below(4); n > 0; n--)
            {
                var line = changed[random.Below(changed.Count)];
                changed.RemoveAt(random.Below(changed.Count));
                changed.Insert(random.Below(changed.Count), random.Below(2) == 0 ? line : "  " + line);
            }

            Try(Encoding.UTF8.GetBytes(string.Join('\n', changed)));
        }
    }

    private void Try(byte[] bytes)
    {
        try
        {
            _full.Read(bytes);
        }
        catch (InputFaultException faults)
        {
            Assert.NotEmpty(faults.Faults);
            Assert.All(faults.Faults, f => Assert.True(f.At is { Line: >= 1, Column: >= 1 }, f.ToString()));
        }
        catch (Exception other)
        {
            Assert.Fail($"{other.GetType().Name} {other.Message}\n{JsonSerializer.Serialize(Encoding.UTF8.GetString(bytes))}");
        }
    }
}
