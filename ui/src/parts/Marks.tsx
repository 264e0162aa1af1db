import type { ReactNode } from "react";

interface MarkProps {
  readonly size?: number;
}

/** Shapes carry the meaning beside the colour: tick pass, triangle caution, octagon warning, dashed circle unknown. */
export function Tick({ size = 14 }: MarkProps): ReactNode {
  return (
    <svg className="mark" width={size} height={size} viewBox="0 0 14 14" aria-hidden="true">
      <path d="M2.5 7.5 6 11 12 3.5" fill="none" stroke="currentColor" strokeWidth="2" />
    </svg>
  );
}

export function Triangle({ size = 18 }: MarkProps): ReactNode {
  return (
    <svg className="mark" width={size} height={size} viewBox="0 0 18 18" aria-hidden="true">
      <path d="M9 2 17 16H1Z" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinejoin="round" />
      <path d="M9 7v4.2M9 13v1.4" stroke="currentColor" strokeWidth="1.8" />
    </svg>
  );
}

export function Octagon({ size = 18 }: MarkProps): ReactNode {
  return (
    <svg className="mark" width={size} height={size} viewBox="0 0 18 18" aria-hidden="true">
      <path d="M6 1.5h6L16.5 6v6L12 16.5H6L1.5 12V6Z" fill="none" stroke="currentColor" strokeWidth="1.8" />
      <path d="M9 5v5M9 12v1.6" stroke="currentColor" strokeWidth="2" />
    </svg>
  );
}

export function Unknown({ size = 15 }: MarkProps): ReactNode {
  return (
    <svg className="mark" width={size} height={size} viewBox="0 0 15 15" aria-hidden="true">
      <circle cx="7.5" cy="7.5" r="6.5" fill="none" stroke="currentColor" strokeWidth="1.5" strokeDasharray="2.6 1.6" />
      <path
        d="M5.6 5.8c.2-2.4 4-2.2 3.8.1-.1 1.3-1.9 1.3-1.9 2.8M7.5 10.4v1"
        stroke="currentColor"
        strokeWidth="1.4"
        fill="none"
      />
    </svg>
  );
}

export function Dash({ size = 14 }: MarkProps): ReactNode {
  return (
    <svg className="mark" width={size} height={size} viewBox="0 0 14 14" aria-hidden="true">
      <path d="M3 7h8" stroke="currentColor" strokeWidth="2" />
    </svg>
  );
}

export function Logo({ size = 22 }: MarkProps): ReactNode {
  return (
    <svg className="mark" width={size} height={size} viewBox="0 0 22 22" aria-hidden="true">
      <path d="M11 2 20 19 11 14.6 2 19Z" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinejoin="round" />
      <circle cx="11" cy="11" r="1.7" fill="currentColor" />
    </svg>
  );
}

/** The key that does the same. */
export function Key({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <span className="key" aria-hidden="true">
      {children}
    </span>
  );
}
