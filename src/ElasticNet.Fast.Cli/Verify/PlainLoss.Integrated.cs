namespace ElasticNet.Fast.Cli.Verify;

/// <summary>
/// Losses whose conjugate has no formula of its own: Fenchel's slack is the integral of ℓ′(t) − u from where ℓ′ = u to η, and the loss above
/// its least value that with u = 0.
/// </summary>
internal abstract partial class PlainLoss
{
    private abstract class Integrated : PlainLoss
    {
        // Gauss and Legendre, five points on (−1, 1).
        private static readonly (double At, double Weight)[] s_rule = Rule();

        public override double Above(double y, double eta) => Slack(y, eta, 0);

        public override double Slack(double y, double eta, double u)
        {
            double from = Where(y, eta, u), width = eta - from;
            if (double.IsNaN(from))
                return double.PositiveInfinity;
            int panels = 1 + (int)(4 * Math.Abs(width));
            double sum = 0, half = width / panels / 2;
            for (int k = 0; k < panels; k++)
            {
                foreach ((double at, double weight) in s_rule)
                    sum += weight * half * (Slope(y, from + half * (2 * k + 1 + at)) - u);
            }

            return Math.Max(0, sum);
        }

        /// <summary>The η whose slope is u, by Newton's method held between known bounds; NaN where there is none.</summary>
        private double Where(double y, double start, double u)
        {
            (double low, double high, double eta) = (double.NegativeInfinity, double.PositiveInfinity, start);
            for (int step = 0; step < 500; step++)
            {
                double away = Slope(y, eta) - u;
                if (away == 0)
                    return eta;
                (low, high) = away < 0 ? (eta, high) : (low, eta);
                double move = Math.Clamp(away / Curvature(y, eta), -1, 1), next = eta - move;
                if (Math.Abs(move) <= 4e-16 * (1 + Math.Abs(eta)))
                    return next;
                if (!(next > low && next < high))
                    next = low + (high - low) / 2;
                if (next == low || next == high)
                    return next;
                eta = next;
            }

            return double.NaN;
        }

        private static (double At, double Weight)[] Rule()
        {
            double inner = Math.Sqrt(5 - 2 * Math.Sqrt(10.0 / 7)) / 3, outer = Math.Sqrt(5 + 2 * Math.Sqrt(10.0 / 7)) / 3;
            double heavy = (322 + 13 * Math.Sqrt(70)) / 900, light = (322 - 13 * Math.Sqrt(70)) / 900;
            return [(-outer, light), (-inner, heavy), (0, 128.0 / 225), (inner, heavy), (outer, light)];
        }
    }

    private sealed class CompoundAmounts(double power) : Integrated
    {
        public override double Mean(double eta) => Math.Exp(eta);

        public override double Above(double y, double eta) => y == 0 ? Math.Exp((2 - power) * eta) / (2 - power) : base.Above(y, eta);

        public override double Slope(double y, double eta) => Math.Exp((2 - power) * eta) - (y == 0 ? 0 : y * Math.Exp((1 - power) * eta));

        public override double Curvature(double y, double eta) => (2 - power) * Math.Exp((2 - power) * eta) + (power - 1) * y * Math.Exp((1 - power) * eta);
    }

    private sealed class DispersedCounts(double size) : Integrated
    {
        public override double Mean(double eta) => Math.Exp(eta);

        public override double Above(double y, double eta) => y == 0 ? size * LogOnePlus(Math.Exp(eta) / size) : base.Above(y, eta);

        public override double Slope(double y, double eta) => eta > 0 ? size * (1 - y * Math.Exp(-eta)) / (size * Math.Exp(-eta) + 1) : size * (Math.Exp(eta) - y) / (size + Math.Exp(eta));

        public override double Curvature(double y, double eta) => size * (size + y) * Math.Exp(eta) / Math.Pow(size + Math.Exp(eta), 2);
    }

    /// <summary>An event if anything happens of what happens at the rate e^η.</summary>
    private sealed class RareEvents : Integrated
    {
        public override double Mean(double eta) => -ExpMinusOne(-Math.Exp(eta));

        public override double Above(double y, double eta) =>
            y == 0 ? Math.Exp(eta) : y == 1 ? (Math.Exp(eta) < 1 ? -Math.Log(Mean(eta)) : -LogOnePlus(-Math.Exp(-Math.Exp(eta)))) : base.Above(y, eta);

        public override double Slope(double y, double eta) => (1 - y) * Math.Exp(eta) - y * OfEvent(Math.Exp(eta));

        public override double Curvature(double y, double eta)
        {
            double rate = Math.Exp(eta);
            return (1 - y) * rate + y * OfEvent(rate) * (rate / -ExpMinusOne(-rate) - 1);
        }

        private static double OfEvent(double rate) => rate / ExpMinusOne(rate);
    }

    private sealed class NormalEvents : Integrated
    {
        public override double Mean(double eta) => Distribution(eta);

        public override double Above(double y, double eta) => y is 0 or 1 ? -Math.Log(Distribution(y == 1 ? eta : -eta)) : base.Above(y, eta);

        public override double Slope(double y, double eta) => (1 - y) * Hazard(-eta) - y * Hazard(eta);

        public override double Curvature(double y, double eta) =>
            y * Hazard(eta) * (Hazard(eta) + eta) + (1 - y) * Hazard(-eta) * (Hazard(-eta) - eta);

        private static double Density(double z) => Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI);

        private static double Distribution(double z) => z > 1 ? 1 - Distribution(-z) : Density(z) / Hazard(z);

        /// <summary>φ/Φ: in the lower tail by Laplace's continued fraction, else by the series of Φ.</summary>
        private static double Hazard(double z)
        {
            if (z < -1)
            {
                double tail = -z;
                for (int k = 300; k > 0; k--)
                    tail = -z + k / tail;
                return tail;
            }

            if (z > 1)
                return Density(z) / (1 - Density(z) / Hazard(-z));
            double sum = 0, term = z;
            for (int k = 3; k < 60; k += 2)
                (sum, term) = (sum + term, term * z * z / k);
            return Density(z) / (0.5 + Density(z) * sum);
        }
    }

    /// <summary>Squared up to δ, absolute beyond.</summary>
    private sealed class Clipped(double delta) : PlainLoss
    {
        public override double Mean(double eta) => eta;

        public override double Above(double y, double eta) =>
            Math.Abs(y - eta) <= delta ? (y - eta) * (y - eta) / 2 : delta * (Math.Abs(y - eta) - delta / 2);

        public override double Slope(double y, double eta) => Math.Clamp(eta - y, -delta, delta);

        public override double Curvature(double y, double eta) => Math.Abs(y - eta) <= delta ? 1 : 0;

        public override double Slack(double y, double eta, double u)
        {
            double away = eta - y;
            if (Math.Abs(u) > delta)
                return double.PositiveInfinity;
            return Math.Abs(away) <= delta ? (away - u) * (away - u) / 2 : (delta - Math.Sign(away) * u) * (Math.Abs(away) - (delta + Math.Sign(away) * u) / 2);
        }
    }

    private static double LogOnePlus(double t)
    {
        double sum = 1 + t;
        return sum == 1 ? t : Math.Log(sum) * (t / (sum - 1));
    }

    private static double ExpMinusOne(double x)
    {
        double power = Math.Exp(x);
        return power == 1 ? x : power == 0 || double.IsInfinity(power) ? power - 1 : (power - 1) * (x / Math.Log(power));
    }
}
