using System.Text;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Judging.Tests;

/// <summary>Whatever an editor, a merge or a bad disk does to a file, its author gets a place and a sentence.</summary>
public sealed class MutatedFileTests
{
    private static readonly string[] Pieces = ["\n", "\t", ": ", "- ", "{", "}", "[", "]", "&a ", "*a", "!t ", "\"", "'", "|", ">", "#", "%", "?", "\\u12", "\u0000", "null", "-1", "1e999", "not:", "every:", "(?<=a)", "((a*)*)*"];

    [Theory]
    [InlineData("tls/tls-baseline.yaml", 11UL, 3000)]
    [InlineData("profiles/luojiang-2025.yaml", 12UL, 3000)]
    [InlineData("commercial-crypto/channel-units.yaml", 13UL, 1500)]
    [InlineData("commercial-crypto/controls/gbt39786-2021.yaml", 14UL, 1500)]
    [InlineData("commercial-crypto/scoring/quantitative-2023.yaml", 15UL, 600)]
    [InlineData("commercial-crypto/high-risk/high-risk-2021.yaml", 16UL, 600)]
    [InlineData("commercial-crypto/faq/faq-4.yaml", 17UL, 600)]
    [InlineData("commercial-crypto/algorithms/algorithm-status.yaml", 18UL, 600)]
    public void A_mutated_file_reads_or_is_refused_as_a_mistake_of_its_author(string file, ulong seed, int times)
    {
        var dice = new SeededBytes(seed);
        var original = File.ReadAllBytes(Shipped.File(file));
        var (read, refused) = (0, 0);
        for (var i = 0; i < times; i++)
        {
            var mutant = dice.Below(2) == 0 ? dice.Mutate(Window(original, dice)) : Insert(Window(original, dice), dice);
            try
            {
                var faults = new FaultList();
                if (file.StartsWith("profiles", StringComparison.Ordinal))
                {
                    _ = new ProfileReader(faults).Read(file, mutant);
                }
                else if (LibraryReader.IsData(file))
                {
                    new LibraryReader(faults).Read(file, mutant);
                }
                else
                {
                    _ = ExampleVerification.Verify(new RulesetReader(Shipped.Kinds, faults).Read(file, mutant)?.Requirements ?? []);
                }

                faults.ThrowIfAny();
                read++;
            }
            catch (InputFaultException wrong)
            {
                Assert.All(wrong.Faults, f => Assert.True(f.At.File == file && f.At.Line >= 1 && f.At.Column >= 1, f.ToString()));
                refused++;
            }
        }

        Assert.True(read > times / 50 && refused > times / 4, $"{read} read, {refused} refused");
    }

    /// <summary>The head and some whole entries, so that a run of thousands stays quick.</summary>
    private static byte[] Window(byte[] original, SeededBytes dice)
    {
        // A part of a measure does not account for all its articles: every other time nobody asks it to.
        var text = Encoding.UTF8.GetString(original);
        text = dice.Below(2) == 0 ? text : text.Replace("\narticles: ", "\n# ", StringComparison.Ordinal);
        var entries = text.Split("\n- id:");
        if (entries.Length < 2)
        {
            return original;
        }

        var first = 1 + dice.Below(entries.Length - 1);
        return Encoding.UTF8.GetBytes(string.Join("\n- id:", entries.Take(1).Concat(entries.Skip(first).Take(2))));
    }

    private static byte[] Insert(byte[] original, SeededBytes dice)
    {
        var text = original.ToList();
        for (var i = 1 + dice.Below(3); i > 0; i--)
        {
            text.InsertRange(dice.Below(text.Count), Encoding.UTF8.GetBytes(Pieces[dice.Below(Pieces.Length)]));
        }

        return [.. text];
    }
}
