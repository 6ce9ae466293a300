using System.Diagnostics;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Cryptography.Tests;

/// <summary>Whatever the bytes, reading them ends soon, and with a value.</summary>
public sealed class CertificateReadingMutationTests
{
    private const int Mutants = 24_000;
    private static readonly ForgedCertificate Root = ForgedCertificate.SelfSigned(CertificateForm.Authority("CN=Root"), ForgedChains.Keys[0]);
    private static readonly ForgedCertificate Leaf = Root.Issue(new CertificateForm(), ForgedChains.Keys[1]);

    [Fact]
    public void No_mutated_certificate_escapes_the_reader_or_the_walk()
    {
        var seeded = new TestKit.SeededBytes(4);
        List<byte[]> originals = [Root.Der, Leaf.Der, .. CertificateBundle.Read(File.ReadAllBytes(Fixture.Path("tlcp-presented.pem"))).Certificates.Select(c => c.Der.ToArray())];
        var anchors = originals.ConvertAll(ForgedChains.Read);
        var (read, slowest) = (0, TimeSpan.Zero);
        for (var i = 0; i < Mutants; i++)
        {
            var mutant = i % 2 == 0 ? Flip(originals[i % originals.Count], seeded) : seeded.Mutate(originals[i % originals.Count]);
            var started = Stopwatch.GetTimestamp();
            if (CertificateDetails.TryRead(mutant, out var problem) is { } details)
            {
                read++;
                if (read % 8 == 0)
                {
                    _ = CertificatePath.Find(new PathQuestion { Leaf = details, Presented = [details], Anchors = anchors, At = ForgedChains.Now }).IsTrusted;
                }
            }
            else
            {
                Assert.NotEmpty(problem!);
            }

            slowest = Stopwatch.GetElapsedTime(started) > slowest ? Stopwatch.GetElapsedTime(started) : slowest;
        }

        Assert.InRange(read, Mutants / 20, Mutants);
        Assert.InRange(slowest, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void No_mutated_list_answer_or_bundle_escapes_its_reader()
    {
        var seeded = new TestKit.SeededBytes(5);
        var (now, leaf, root) = (ForgedChains.Now, Leaf.Read(), Root.Read());
        var list = ForgedStatus.List(Root, now, now.AddDays(7), [1, 4711, 9]);
        var answer = ForgedStatus.Response(Leaf, Root, 1, now, now.AddDays(7));
        var (lists, answers) = (0, 0);
        for (var i = 0; i < Mutants; i++)
        {
            if (RevocationList.TryRead(i % 2 == 0 ? Flip(list, seeded) : seeded.Mutate(list), out _) is { } read)
            {
                lists++;
                Assert.NotNull(read.Judge(leaf, root, now));
            }

            if (OcspResponse.TryRead(i % 2 == 0 ? Flip(answer, seeded) : seeded.Mutate(answer), out _) is { } response)
            {
                answers++;
                Assert.NotNull(response.Judge(leaf, root, now));
            }

            _ = CertificateBundle.Read(seeded.Mutate(i % 2 == 0 ? list : Leaf.Der));
        }

        Assert.True(lists > 500 && answers > 500, $"{lists} {answers}");
    }

    /// <summary>One bit in one place keeps the skeleton more often than other changes do.</summary>
    private static byte[] Flip(byte[] original, TestKit.SeededBytes seeded)
    {
        var mutant = (byte[])original.Clone();
        mutant[seeded.Below(mutant.Length)] ^= (byte)(1 << seeded.Below(8));
        return mutant;
    }
}
